; The installer for Windows, for Inno Setup 6.3 or newer. Per user, without an administrator.
;
;   ISCC /DAppVersion=1.2.3 pgyer-desktop.iss
;
; packs what PyInstaller left in dist\pgyer-desktop into dist\pgyer-desktop-1.2.3-windows-x64-setup.exe. Uninstalling
; must never remove data or keys without a Yes to a question: not in silent mode, not on an upgrade.
;
; All or nothing: the program is one folder of {app}. A new one is unpacked beside it and takes its place by renaming once
; it is whole and before anything else is changed. What goes wrong before that (a full disk, a file that somebody has
; open, the power) leaves the old program as it was; Windows renames no folder in which a file is open, so a program that
; runs is never half replaced. Folders of these names that do not hold the program are somebody else's: never touched.
;
; Kept as UTF-8 with a byte order mark: without it, compilers before 6.3 read the Chinese texts in the ANSI code page.

#ifndef AppVersion
  #error Say which version this is: ISCC /DAppVersion=1.2.3 pgyer-desktop.iss
#endif
#ifndef ProgramDir
  #define ProgramDir "..\..\dist\pgyer-desktop"
#endif
#ifndef OutputDir
  #define OutputDir "..\..\dist"
#endif
; Without an administrator {autopf} is %LOCALAPPDATA%\Programs.
#ifndef DefaultDir
  #define DefaultDir "{autopf}\Pgyer Desktop"
#endif
#ifndef Packing
  #define Packing "lzma2/max"
#endif
#define AppName "Pgyer Desktop"
#define Contributors "Pgyer Desktop contributors"
#define Exe "pgyer-desktop.exe"
; The folders of {app}: the program, the one that is being unpacked, and the one that is on its way out.
#define Program "pgyer-desktop-program"
#define New Program + ".new"
#define Old Program + ".old"
; core/accounts/profile.py: settings, journal and history; Cache and Logs are folders in it.
#define Data "{localappdata}\pgyer-desktop"
; core/base/keystore.py: the first entry has the service's name alone, others have an account's before it.
#define Service "pgyer-desktop"

[Setup]
AppId={{748984ED-47DD-4BEA-A9C3-6603E9E6D600}
AppName={#AppName}
AppVersion={#AppVersion}
AppVerName={#AppName} {#AppVersion}
AppPublisher={#Contributors}
AppCopyright=© {#Contributors}
VersionInfoVersion={#GetVersionNumbersString(AddBackslash(ProgramDir) + Exe)}
PrivilegesRequired=lowest
MinVersion=10.0.17763
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
DefaultDirName={#DefaultDir}
DisableProgramGroupPage=yes
DisableDirPage=auto
DisableWelcomePage=yes
WizardStyle=modern
ShowLanguageDialog=auto
SetupIconFile=..\..\resources\app\icon.ico
UninstallDisplayIcon={app}\{#Program}\{#Exe}
UninstallDisplayName={#AppName}
; Two at once would unpack into the same folder.
SetupMutex=pgyer-desktop-setup
; Upgrading: Windows asks the running program to close, which finishes a change that is under way first. It looks for
; who uses the files that are written, which are the new ones: `RegisterExtraCloseApplicationsResources` adds the old.
CloseApplications=yes
RestartApplications=no
Compression={#Packing}
SolidCompression=yes
OutputDir={#OutputDir}
OutputBaseFilename=pgyer-desktop-{#AppVersion}-windows-x64-setup

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"
Name: "zh"; MessagesFile: "ChineseSimplified.isl"

[CustomMessages]
en.MenuComment=Unofficial desktop client for Pgyer
en.DesktopIcon=Put an icon on the &desktop
en.Launch=Start %1
en.Running=%1 is running, or another program has one of its files open.%n%nClose it, then choose Retry.
en.NotReplaced=%1 could not be replaced: it is running, or another program has one of its files open. The version that was installed before is unchanged.
en.NotInstalled=%1 could not be installed: another program has a file open in%n%2%n%nTry again in a minute.
en.NotPutBack=%1 could not be replaced, because another program has one of its files open. The version that was installed before is whole, but is in%n%2%n%nRun this setup again to put it back or to replace it.
en.NotOurs=The folder for %1 already holds something of the same name that does not belong to it:%n%n%2%n%nMove it away, or choose another folder.
en.RemoveData=Remove your data too?%n%nThese are your settings, the journal of changes, pinned builds, builds that were read, caches and logs, in%n%1
en.DataLeft=Some of it could not be removed. What is left is in%n%1
en.RemoveKeys=Remove the API keys too?%n%nWindows Credential Manager keeps them in these entries:%n%n%1%nIf you install the program again, it needs them to open your accounts.
en.RemoveUselessKeys=Remove the API keys too?%n%nWindows Credential Manager keeps them in these entries:%n%n%1%nYour data are gone, so the program cannot use these entries any more, unless you started it with --profile.
en.KeysLeft=These entries of Windows Credential Manager could not be removed:%n%n%1
zh.MenuComment=蒲公英的非官方桌面客户端
zh.DesktopIcon=在桌面上创建图标(&D)
zh.Launch=启动 %1
zh.Running=%1 正在运行，或者有其他程序打开了它的文件。%n%n请先关闭，然后选择“重试”。
zh.NotReplaced=无法更新 %1：它正在运行，或者有其他程序打开了它的文件。原来安装的版本没有改动。
zh.NotInstalled=无法安装 %1：有其他程序打开了以下位置中的文件%n%2%n%n请稍后重试。
zh.NotPutBack=无法更新 %1：有其他程序打开了它的文件。原来安装的版本是完整的，但目前位于%n%2%n%n请重新运行本安装程序，即可将其恢复或更新。
zh.NotOurs=%1 的安装位置中已有同名内容，但不属于本程序：%n%n%2%n%n请将其移走，或者选择其他位置。
zh.RemoveData=是否同时删除您的数据？%n%n包括设置、操作记录、固定的版本、已读取的版本、缓存和日志，位于%n%1
zh.DataLeft=部分数据无法删除。剩余内容位于%n%1
zh.RemoveKeys=是否同时删除 API Key？%n%nWindows 凭据管理器中有以下条目：%n%n%1%n如果以后重新安装本程序，打开账号时需要用到它们。
zh.RemoveUselessKeys=是否同时删除 API Key？%n%nWindows 凭据管理器中有以下条目：%n%n%1%n您的数据已删除，本程序不会再用到这些条目（用 --profile 启动过的除外）。
zh.KeysLeft=无法删除 Windows 凭据管理器中的以下条目：%n%n%1

[Tasks]
Name: "desktopicon"; Description: "{cm:DesktopIcon}"; Flags: unchecked

[Files]
; First what tells that the folder is ours (`IsOurs`), also where an installation is broken off.
Source: "{#ProgramDir}\_internal\*"; DestDir: "{app}\{#New}\_internal"; Flags: ignoreversion recursesubdirs createallsubdirs
Source: "{#ProgramDir}\*"; DestDir: "{app}\{#New}"; Excludes: "\_internal,\{#Exe}"; Flags: ignoreversion recursesubdirs createallsubdirs
; With it the new program is whole.
Source: "{#ProgramDir}\{#Exe}"; DestDir: "{app}\{#New}"; Flags: ignoreversion; AfterInstall: PutInPlace
; Writes nothing, because the file is there. Setup shows an error of AfterInstall and goes on as if nothing had happened;
; one of DestDir ends it, and it undoes what it has done.
Source: "{#ProgramDir}\{#Exe}"; DestDir: "{code:ProgramOrFailure}"; Flags: onlyifdoesntexist

[Icons]
Name: "{autoprograms}\{#AppName}"; Filename: "{app}\{#Program}\{#Exe}"; Comment: "{cm:MenuComment}"
Name: "{autodesktop}\{#AppName}"; Filename: "{app}\{#Program}\{#Exe}"; Comment: "{cm:MenuComment}"; Tasks: desktopicon

[Run]
Filename: "{app}\{#Program}\{#Exe}"; Description: "{cm:Launch,{#AppName}}"; Flags: nowait postinstall skipifsilent

[Code]
var
  // Why the new program is not in its place; empty: it is.
  Failure: String;

function Place(Name: String): String;
begin
  Result := ExpandConstant('{app}\') + Name;
end;

// Whether a folder holds anything besides an entry of this name.
function HoldsBesides(Folder, Name: String): Boolean;
var
  Found: TFindRec;
  More: Boolean;
begin
  Result := False;
  More := FindFirst(Folder + '\*', Found);
  while More do
  begin
    if (Found.Name <> '.') and (Found.Name <> '..') and (Found.Name <> Name) then
      Result := True;
    More := not Result and FindNext(Found);
  end;
  FindClose(Found);
end;

// Whether a folder of ours may be made or removed there: there is none, or it is our program, whole or in part.
function IsOurs(Name: String): Boolean;
begin
  if DirExists(Place(Name)) then
    Result := DirExists(Place(Name) + '\_internal') or FileExists(Place(Name) + '\{#Exe}') or
      not HoldsBesides(Place(Name), '')
  else
    Result := not FileExists(Place(Name));
end;

// `_internal` goes last: by it the rest is known as ours the next time, where something cannot be removed now.
function RemoveAll(Folder: String): Boolean;
var
  Found: TFindRec;
  More: Boolean;
begin
  More := FindFirst(Folder + '\*', Found);
  while More do
  begin
    if (Found.Name <> '.') and (Found.Name <> '..') and (Found.Name <> '_internal') then
      DelTree(Folder + '\' + Found.Name, Found.Attributes and FILE_ATTRIBUTE_DIRECTORY <> 0, True, True);
    More := FindNext(Found);
  end;
  FindClose(Found);
  Result := not HoldsBesides(Folder, '_internal') and DelTree(Folder, True, True, True);
end;

// Three seconds at most, as with renaming.
procedure RemoveOurs(Name: String);
var
  Tries: Integer;
begin
  if DirExists(Place(Name)) and IsOurs(Name) then
    for Tries := 1 to 12 do
      if DirExists(Place(Name)) and not RemoveAll(Place(Name)) then
        Sleep(250);
end;

// Virus scanners and search indexes have new files open for a moment. Three seconds at most.
function RenamePatiently(From, Onto: String): Boolean;
var
  Tries: Integer;
begin
  Result := RenameFile(Place(From), Place(Onto));
  for Tries := 1 to 12 do
    if not Result then
    begin
      Sleep(250);
      Result := RenameFile(Place(From), Place(Onto));
    end;
end;

// What the power, or a renaming that did not succeed, left under its other name.
function PutOldBack(): Boolean;
begin
  Result := DirExists(Place('{#Program}')) or not DirExists(Place('{#Old}')) or
    RenamePatiently('{#Old}', '{#Program}');
end;

// Windows lets nobody write to the file of a running program. A mutex (AppMutex) would have to be made by the program,
// and would also stop upgrades, where Windows can close the program by itself.
function IsRunning(): Boolean;
var
  Stream: TFileStream;
begin
  Result := False;
  if FileExists(Place('{#Program}\{#Exe}')) then
  begin
    try
      Stream := TFileStream.Create(Place('{#Program}\{#Exe}'), fmOpenReadWrite or fmShareExclusive);
      Stream.Free;
    except
      Result := True;
    end;
  end;
end;

// Renaming and back: only that tells whether any of its files is open.
function IsInUse(): Boolean;
begin
  Result := not PutOldBack() or IsRunning();
  if not Result and DirExists(Place('{#Program}')) and IsOurs('{#Old}') then
  begin
    RemoveOurs('{#Old}');
    Result := not RenamePatiently('{#Program}', '{#Old}') or not PutOldBack();
  end;
end;

function RetryWhileInUse(): Boolean;
begin
  Result := True;
  while Result and IsInUse() do
    // Cancel is also the answer when nobody is asked (/SUPPRESSMSGBOXES).
    Result := SuppressibleMsgBox(
      FmtMessage(CustomMessage('Running'), ['{#AppName}']), mbError, MB_RETRYCANCEL, IDCANCEL) = IDRETRY;
end;

procedure RegisterExtraCloseApplicationsResources();
begin
  RegisterExtraCloseApplicationsResource(False, Place('{#Program}\{#Exe}'));
end;

function PrepareToInstall(var NeedsRestart: Boolean): String;
begin
  Result := '';
  if not IsOurs('{#Program}') then
    Result := Place('{#Program}')
  else if not IsOurs('{#New}') then
    Result := Place('{#New}')
  else if not IsOurs('{#Old}') then
    Result := Place('{#Old}');
  if Result <> '' then
    Result := FmtMessage(CustomMessage('NotOurs'), ['{#AppName}', Result]);
end;

procedure CurStepChanged(CurStep: TSetupStep);
begin
  if CurStep = ssInstall then
  begin
    if not RetryWhileInUse() then
      Abort;
    RemoveOurs('{#New}'); // of an installation that was broken off
  end;
end;

// Whether the new program is where it belongs. False: the old one is, or nothing where there was none.
function Replaced(): Boolean;
begin
  // It may have been started while the files were unpacked.
  Result := RetryWhileInUse();
  if Result and DirExists(Place('{#Program}')) then
  begin
    RemoveOurs('{#Old}');
    Result := RenamePatiently('{#Program}', '{#Old}');
  end;
  if Result then
    Result := RenamePatiently('{#New}', '{#Program}');
end;

procedure PutInPlace();
var
  Before: Boolean;
begin
  Before := DirExists(Place('{#Program}'));
  if Replaced() then
    RemoveOurs('{#Old}')
  else
  begin
    if not Before then
      Failure := FmtMessage(CustomMessage('NotInstalled'), ['{#AppName}', ExpandConstant('{app}')])
    else if PutOldBack() then
      Failure := FmtMessage(CustomMessage('NotReplaced'), ['{#AppName}'])
    else
      Failure := FmtMessage(CustomMessage('NotPutBack'), ['{#AppName}', Place('{#Old}')]);
    RemoveOurs('{#New}');
  end;
end;

function ProgramOrFailure(Unused: String): String;
begin
  if Failure <> '' then
    RaiseException(Failure);
  Result := Place('{#Program}');
end;

function InitializeUninstall(): Boolean;
begin
  Result := RetryWhileInUse();
end;

// Windows Credential Manager, as far as it is needed. Setup is a 32-bit program, so pointers are 32 bits wide, and in
// each entry (CREDENTIALW) the pointer to its name stands behind two numbers.
const
  CRED_TYPE_GENERIC = 1;
  NAME_OFFSET = 8;

function CredEnumerate(Filter, Flags: Cardinal; var Count, Entries: Cardinal): Boolean;
  external 'CredEnumerateW@advapi32.dll stdcall delayload';
function CredDelete(Name: String; Kind, Flags: Cardinal): Boolean;
  external 'CredDeleteW@advapi32.dll stdcall delayload';
procedure CredFree(Entries: Cardinal);
  external 'CredFree@advapi32.dll stdcall delayload';
procedure ReadNumber(var Number: Cardinal; Address, Bytes: Cardinal);
  external 'RtlMoveMemory@kernel32.dll stdcall';
function ReadText(Text: String; Address: Cardinal; Most: Integer): Cardinal;
  external 'lstrcpynW@kernel32.dll stdcall';

// The names of the entries that hold our keys, each ended by a line feed.
function KeyEntries(): String;
var
  Count, Entries, Entry, Address, Index: Cardinal;
  Name: String;
begin
  Result := '';
  if not CredEnumerate(0, 0, Count, Entries) then
    exit;
  try
    Index := 0;
    while Index < Count do
    begin
      ReadNumber(Entry, Entries + Index * 4, 4);
      ReadNumber(Address, Entry + NAME_OFFSET, 4);
      Name := StringOfChar(#0, 512);
      ReadText(Name, Address, 512);
      Name := Copy(Name, 1, Pos(#0, Name) - 1);
      if (Name = '{#Service}') or (Copy(Name, Pos('@', Name), 512) = '@{#Service}') then
        Result := Result + Name + #10;
      Index := Index + 1;
    end;
  finally
    CredFree(Entries);
  end;
end;

procedure RemoveKeys(Names: String);
var
  Name, Left: String;
begin
  Left := '';
  while Names <> '' do
  begin
    Name := Copy(Names, 1, Pos(#10, Names) - 1);
    Delete(Names, 1, Pos(#10, Names));
    if not CredDelete(Name, CRED_TYPE_GENERIC, 0) then
      Left := Left + Name + #10;
  end;
  if Left <> '' then
    MsgBox(FmtMessage(CustomMessage('KeysLeft'), [Left]), mbError, MB_OK);
end;

procedure RemoveData(Data: String);
begin
  if not DelTree(Data, True, True, True) then
    MsgBox(FmtMessage(CustomMessage('DataLeft'), [Data]), mbError, MB_OK);
end;

function Agreed(Question, About: String): Boolean;
begin
  Result := MsgBox(
    FmtMessage(CustomMessage(Question), [About]), mbConfirmation, MB_YESNO or MB_DEFBUTTON2) = IDYES;
end;

procedure CurUninstallStepChanged(CurUninstallStep: TUninstallStep);
var
  Data, Keys: String;
  Removing: Boolean;
begin
  if CurUninstallStep = usUninstall then
  begin
    // The log of what was installed has the names that the files had while they were unpacked.
    RemoveOurs('{#Program}');
    RemoveOurs('{#New}');
    RemoveOurs('{#Old}');
  end;
  // Silent: nobody can answer, so nothing else is removed.
  if (CurUninstallStep <> usPostUninstall) or UninstallSilent() then
    exit;
  Data := ExpandConstant('{#Data}');
  Removing := False;
  if DirExists(Data) then
    Removing := Agreed('RemoveData', Data);
  if Removing then
    RemoveData(Data);
  Keys := KeyEntries();
  if Keys = '' then
    exit;
  // Which account a key belongs to stands in the data.
  if Removing then
    Removing := Agreed('RemoveUselessKeys', Keys)
  else
    Removing := Agreed('RemoveKeys', Keys);
  if Removing then
    RemoveKeys(Keys);
end;
