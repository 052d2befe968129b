; The installer for Windows, for Inno Setup 6.3 or newer. Per user, without an administrator.
;
;   ISCC /DAppVersion=1.2.3 pgyer-desktop.iss
;
; packs what PyInstaller left in dist\pgyer-desktop into dist\pgyer-desktop-1.2.3-windows-x64-setup.exe. Uninstalling
; must never remove data without a Yes to a question: not in silent mode, not on an upgrade.
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
#define AppName "Pgyer Desktop"
#define Contributors "Pgyer Desktop contributors"
#define Exe "pgyer-desktop.exe"
; core/profile.py: settings, journal and history; Cache and Logs are folders in it.
#define Data "{localappdata}\pgyer-desktop"

; Inno Setup brought no Simplified Chinese for long. Where the file is missing, the installer is in English only.
#ifndef ChineseIsl
  #define ChineseIsl AddBackslash(CompilerPath) + "Languages\ChineseSimplified.isl"
#endif
#if FileExists(ChineseIsl)
  #define Chinese
#else
  #pragma message "No " + ChineseIsl + ": the installer will be in English only. /DChineseIsl=FILE names another."
#endif

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
; Without an administrator this is %LOCALAPPDATA%\Programs.
DefaultDirName={autopf}\{#AppName}
DisableProgramGroupPage=yes
DisableDirPage=auto
DisableWelcomePage=yes
WizardStyle=modern
ShowLanguageDialog=auto
SetupIconFile=..\..\resources\app\icon.ico
UninstallDisplayIcon={app}\{#Exe}
UninstallDisplayName={#AppName}
; Upgrading: Windows asks the running program to close, which finishes a change that is under way first.
CloseApplications=yes
RestartApplications=no
Compression=lzma2/max
SolidCompression=yes
OutputDir={#OutputDir}
OutputBaseFilename=pgyer-desktop-{#AppVersion}-windows-x64-setup

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"
#ifdef Chinese
Name: "zh"; MessagesFile: "{#ChineseIsl}"
#endif

[CustomMessages]
en.MenuComment=Unofficial desktop client for Pgyer
en.DesktopIcon=Put an icon on the &desktop
en.Launch=Start %1
en.Running=%1 is running.%n%nClose it, then choose Retry.
en.RemoveData=Remove your data too?%n%nThese are your settings, the journal of changes, pinned builds, builds that were read, caches and logs, in%n%1%n%nAPI keys are not among them: they stay in Windows Credential Manager (as "%2"). To remove a key, choose No, install the program again and remove the account under Accounts, or remove the entry in Credential Manager.
en.DataLeft=Some of it could not be removed. What is left is in%n%1
#ifdef Chinese
zh.MenuComment=蒲公英的非官方桌面客户端
zh.DesktopIcon=在桌面上创建图标(&D)
zh.Launch=启动 %1
zh.Running=%1 正在运行。%n%n请先关闭它，然后选择“重试”。
zh.RemoveData=是否同时删除您的数据？%n%n包括设置、更改记录、固定的版本、已读取的版本、缓存和日志，位于%n%1%n%n其中不包括 API Key：它们仍保存在 Windows 凭据管理器中（名为“%2”）。要删除密钥，请选择“否”，重新安装程序后在“账号”中移除账号，或在凭据管理器中删除该条目。
zh.DataLeft=部分数据无法删除。剩余内容位于%n%1
#endif

[Tasks]
Name: "desktopicon"; Description: "{cm:DesktopIcon}"; Flags: unchecked

[InstallDelete]
; Files that a newer version no longer has would stay, and Python would find them.
Type: filesandordirs; Name: "{app}\_internal"; Check: IsUpgrade

[Files]
Source: "{#ProgramDir}\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs

[Icons]
Name: "{autoprograms}\{#AppName}"; Filename: "{app}\{#Exe}"; Comment: "{cm:MenuComment}"
Name: "{autodesktop}\{#AppName}"; Filename: "{app}\{#Exe}"; Comment: "{cm:MenuComment}"; Tasks: desktopicon

[Run]
Filename: "{app}\{#Exe}"; Description: "{cm:Launch,{#AppName}}"; Flags: nowait postinstall skipifsilent

[Code]
function IsUpgrade(): Boolean;
begin
  Result := FileExists(ExpandConstant('{app}\{#Exe}'));
end;

// Windows lets nobody write to the file of a running program. A mutex (AppMutex) would have to be made by the program,
// and would also stop upgrades, where Windows can close the program by itself.
function IsRunning(): Boolean;
var
  Name: String;
  Stream: TFileStream;
begin
  Result := False;
  Name := ExpandConstant('{app}\{#Exe}');
  if FileExists(Name) then
  begin
    try
      Stream := TFileStream.Create(Name, fmOpenReadWrite or fmShareExclusive);
      Stream.Free;
    except
      Result := True;
    end;
  end;
end;

function InitializeUninstall(): Boolean;
begin
  Result := True;
  while Result and IsRunning() do
    // Cancel is also the answer when nobody is asked (/SUPPRESSMSGBOXES).
    Result := SuppressibleMsgBox(
      FmtMessage(CustomMessage('Running'), ['{#AppName}']), mbError, MB_RETRYCANCEL, IDCANCEL) = IDRETRY;
end;

procedure CurUninstallStepChanged(CurUninstallStep: TUninstallStep);
var
  Data: String;
begin
  // Silent: nobody can answer, so nothing is removed.
  if (CurUninstallStep <> usPostUninstall) or UninstallSilent() then
    exit;
  Data := ExpandConstant('{#Data}');
  if not DirExists(Data) then
    exit;
  if MsgBox(
    FmtMessage(CustomMessage('RemoveData'), [Data, 'pgyer-desktop']),
    mbConfirmation, MB_YESNO or MB_DEFBUTTON2) <> IDYES then
    exit;
  if not DelTree(Data, True, True, True) then
    MsgBox(FmtMessage(CustomMessage('DataLeft'), [Data]), mbError, MB_OK);
end;
