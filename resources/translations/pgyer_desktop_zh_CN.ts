<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>AboutDialog</name>
    <message>
        <source>About {program}</source>
        <translation>关于 {program}</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>复制详情</translation>
    </message>
    <message>
        <source>Unofficial client. Not made or supported by Pgyer.</source>
        <translation>非官方客户端，并非蒲公英出品，也不由其提供支持。</translation>
    </message>
    <message>
        <source>Version {version}</source>
        <translation>版本 {version}</translation>
    </message>
    <message>
        <source>What the program runs on</source>
        <translation>运行环境</translation>
    </message>
</context>
<context>
    <name>AccessibilityDialog</name>
    <message>
        <source>A QR code is for cameras. “Copy link” gives the same address as text.</source>
        <translation>二维码供摄像头扫描。“复制链接”可以得到同一地址的文字。</translation>
    </message>
    <message>
        <source>Accessibility</source>
        <translation>无障碍</translation>
    </message>
    <message>
        <source>Keyboard: connecting, promoting, going back and cleaning up by keys alone, in English and Chinese.</source>
        <translation>键盘：仅用键盘连接账号、设为最新版本、恢复和清理，中英文界面均已测试。</translation>
    </message>
    <message>
        <source>No screen reader itself: neither Orca on Linux, NVDA or Narrator on Windows, nor VoiceOver on macOS. Windows&apos; UI Automation and magnifiers were not tried either.</source>
        <translation>未用任何屏幕阅读器实际测试，包括 Linux 的 Orca、Windows 的 NVDA 和“讲述人”，以及 macOS 的“旁白”。Windows 的 UI 自动化和放大镜也未测试。</translation>
    </message>
    <message>
        <source>Screen reader: on Linux, what the accessibility bus (AT-SPI) is told. Every window and dialog is searched for what has no name or role.</source>
        <translation>屏幕阅读器：在 Linux 上检查发送到无障碍总线（AT-SPI）的内容，并检查每个窗口和对话框中是否有缺少名称或角色的控件。</translation>
    </message>
    <message>
        <source>Sight: contrast measured in the pixels, light and dark; texts of 18 points, and twice the size on a small screen.</source>
        <translation>视觉：按像素测量浅色和深色外观的对比度；18 磅文字，以及小屏幕上的 200% 缩放。</translation>
    </message>
    <message>
        <source>What is known not to work</source>
        <translation>已知问题</translation>
    </message>
    <message>
        <source>What is told of its own accord, such as an error or the end of a queue, may be passed over by older screen readers. It stays in the window or in Activity.</source>
        <translation>主动播报的内容（例如错误或任务结束）可能会被较旧的屏幕阅读器忽略，但仍会显示在窗口或“操作记录”中。</translation>
    </message>
    <message>
        <source>What was not tried</source>
        <translation>未测试</translation>
    </message>
    <message>
        <source>What was tried</source>
        <translation>已测试</translation>
    </message>
</context>
<context>
    <name>AccountBand</name>
    <message>
        <source>Guard rails…</source>
        <translation>防护设置…</translation>
    </message>
    <message>
        <source>Read-only: nothing can be changed in this account.</source>
        <translation>只读：不能在此账号中进行更改。</translation>
    </message>
</context>
<context>
    <name>AccountDialog</name>
    <message>
        <source>An API key has {usual} characters, and this has {n}. Is this it?</source>
        <translation>API Key 通常为 {usual} 个字符，这个有 {n} 个。确定是它吗？</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>Connect a Pgyer account</source>
        <translation>连接蒲公英账号</translation>
    </message>
    <message>
        <source>Connect an account</source>
        <translation>连接账号</translation>
    </message>
    <message>
        <source>Enter a name first.</source>
        <translation>请先填写名称。</translation>
    </message>
    <message>
        <source>Enter the API key first.</source>
        <translation>请先填写 API Key。</translation>
    </message>
    <message>
        <source>Enter the API key of {name}</source>
        <translation>填写“{name}”的 API Key</translation>
    </message>
    <message>
        <source>For testers: install and check builds, and change nothing by mistake.</source>
        <translation>适合测试人员：可以安装和检查版本，不会误改任何内容。</translation>
    </message>
    <message>
        <source>For what real users install: the version is typed before each promotion.</source>
        <translation>真实用户在用：每次设为最新版本前都要输入版本号。</translation>
    </message>
    <message>
        <source>Keep for this session only</source>
        <translation>仅保留到退出程序</translation>
    </message>
    <message>
        <source>Kept in {vault}, never in a file. Sent to Pgyer only.</source>
        <translation>保存在{vault}中，不会写入文件；只发送给蒲公英。</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Production</source>
        <translation>生产环境</translation>
    </message>
    <message>
        <source>Read only</source>
        <translation>只读</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>Rename account</source>
        <translation>重命名账号</translation>
    </message>
    <message>
        <source>Replace key</source>
        <translation>更换密钥</translation>
    </message>
    <message>
        <source>Say first whether this is the key.</source>
        <translation>请先确认这是不是 API Key。</translation>
    </message>
    <message>
        <source>Show the next one</source>
        <translation>显示下一个</translation>
    </message>
    <message>
        <source>That is a link. An API key is {n} digits and letters from a to f: copy it from Pgyer.</source>
        <translation>这是一个链接。API Key 由 {n} 位数字和字母 a 到 f 组成，请从蒲公英复制。</translation>
    </message>
    <message>
        <source>That is not an API key. An API key is {n} digits and letters from a to f: copy it from Pgyer.</source>
        <translation>这不是 API Key。API Key 由 {n} 位数字和字母 a 到 f 组成，请从蒲公英复制。</translation>
    </message>
    <message>
        <source>The key came in pieces and was put together. Is this it?</source>
        <translation>粘贴的 API Key 分成了几段，已拼接起来。确定是它吗？</translation>
    </message>
    <message>
        <source>The key was found in what was pasted; the rest was left out.</source>
        <translation>已从粘贴的内容中提取 API Key，其余内容已忽略。</translation>
    </message>
    <message>
        <source>There is an account named {name} already. Choose another name.</source>
        <translation>已有名为“{name}”的账号，请换一个名称。</translation>
    </message>
    <message>
        <source>There is more than one key in what was pasted. This one ends in {end}. Is this it?</source>
        <translation>粘贴的内容中有多个密钥，这一个以 {end} 结尾。确定是它吗？</translation>
    </message>
    <message>
        <source>There is no text to paste. Copy the API key on Pgyer first.</source>
        <translation>没有可以粘贴的文字。请先在蒲公英上复制 API Key。</translation>
    </message>
    <message>
        <source>What is {name} to be called?</source>
        <translation>“{name}”的新名称是什么？</translation>
    </message>
    <message>
        <source>Yes, this is it</source>
        <translation>确定</translation>
    </message>
</context>
<context>
    <name>AccountFlow</name>
    <message numerus="yes">
        <source>%n account(s) are back.</source>
        <translation>
            <numerusform>已找回 %n 个账号。</numerusform>
        </translation>
    </message>
    <message>
        <source>Key for this session only</source>
        <translation>密钥仅保留到退出程序</translation>
    </message>
    <message>
        <source>Key in {vault}</source>
        <translation>密钥在{vault}中</translation>
    </message>
    <message>
        <source>No key</source>
        <translation>没有密钥</translation>
    </message>
    <message>
        <source>The key of {account} has been replaced.</source>
        <translation>已更换“{account}”的密钥。</translation>
    </message>
    <message>
        <source>{Vault} has no other account of this program.</source>
        <translation>{Vault}中没有本程序的其他账号。</translation>
    </message>
    <message>
        <source>{account} has been removed.</source>
        <translation>已移除“{account}”。</translation>
    </message>
    <message>
        <source>{account} is connected.</source>
        <translation>已连接“{account}”。</translation>
    </message>
</context>
<context>
    <name>AccountPicker</name>
    <message>
        <source>Account</source>
        <translation>账号</translation>
    </message>
    <message>
        <source>Made-up apps</source>
        <translation>虚构应用</translation>
    </message>
    <message>
        <source>No account</source>
        <translation>没有账号</translation>
    </message>
    <message>
        <source>No account yet</source>
        <translation>还没有账号</translation>
    </message>
    <message>
        <source>Search accounts</source>
        <translation>搜索账号</translation>
    </message>
</context>
<context>
    <name>AccountsDialog</name>
    <message>
        <source>Accounts</source>
        <translation>账号</translation>
    </message>
    <message>
        <source>Add…</source>
        <translation>添加…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Double-click an account to switch to it.</source>
        <translation>双击账号即可切换。</translation>
    </message>
    <message>
        <source>Guard rails…</source>
        <translation>防护设置…</translation>
    </message>
    <message>
        <source>In use · {status}</source>
        <comment>the account that is on, and where its key is</comment>
        <translation>使用中 · {status}</translation>
    </message>
    <message>
        <source>No account is connected yet.</source>
        <translation>还没有连接账号。</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>移除…</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>重命名…</translation>
    </message>
    <message>
        <source>Replace key…</source>
        <translation>更换密钥…</translation>
    </message>
    <message>
        <source>Select an account first.</source>
        <translation>请先选择一个账号。</translation>
    </message>
    <message>
        <source>{name}, {status}</source>
        <comment>an account as it is read out</comment>
        <translation>{name}，{status}</translation>
    </message>
</context>
<context>
    <name>ActivityModel</name>
    <message>
        <source>{action}: {build}</source>
        <translation>{action}：{build}</translation>
    </message>
</context>
<context>
    <name>ActivityWindow</name>
    <message numerus="yes">
        <source>%n change(s)</source>
        <translation>
            <numerusform>%n 项更改</numerusform>
        </translation>
    </message>
    <message>
        <source>Activity</source>
        <translation>操作记录</translation>
    </message>
    <message>
        <source>Clear filter</source>
        <translation>清除筛选</translation>
    </message>
    <message>
        <source>Every build that you set latest, clear or delete with this program is listed here.</source>
        <translation>用本程序设为最新版本、取消最新标记或删除的操作都会记录在这里。</translation>
    </message>
    <message>
        <source>Every outcome</source>
        <translation>所有结果</translation>
    </message>
    <message>
        <source>Export all listed ({n})</source>
        <translation>导出列出的全部（{n}）</translation>
    </message>
    <message numerus="yes">
        <source>Export everything listed: %n change(s)</source>
        <translation>
            <numerusform>导出列出的全部内容：%n 项更改</numerusform>
        </translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Filter changes</source>
        <translation>筛选更改</translation>
    </message>
    <message>
        <source>Nothing has been changed yet</source>
        <translation>尚无更改</translation>
    </message>
    <message>
        <source>Nothing matches</source>
        <translation>没有匹配项</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Width of the details</source>
        <translation>详情的宽度</translation>
    </message>
    <message>
        <source>Writes the changes that are listed to a file for a spreadsheet or a program</source>
        <translation>将列出的更改写入文件，供电子表格或程序使用</translation>
    </message>
    <message numerus="yes">
        <source>{shown} of %n change(s)</source>
        <translation>
            <numerusform>%n 项更改中的 {shown} 项</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>AddAppDialog</name>
    <message>
        <source>Add app</source>
        <translation>添加应用</translation>
    </message>
    <message>
        <source>Add app by key</source>
        <translation>通过 App Key 添加应用</translation>
    </message>
    <message>
        <source>An App Key has letters, digits, hyphens and underscores only, 128 at most.</source>
        <translation>App Key 只含字母、数字、连字符和下划线，最多 128 个字符。</translation>
    </message>
    <message>
        <source>App Key</source>
        <translation>App Key</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Enter the App Key first.</source>
        <translation>请先填写 App Key。</translation>
    </message>
    <message>
        <source>Pgyer shows the App Key on the app&apos;s page, under API.</source>
        <translation>在蒲公英的应用页面中，打开 API 一栏即可看到 App Key。</translation>
    </message>
    <message>
        <source>That is an address. Enter the App Key alone.</source>
        <translation>这是一个网址。请只填写 App Key。</translation>
    </message>
    <message>
        <source>Which app is to be added?</source>
        <translation>要添加哪个应用？</translation>
    </message>
</context>
<context>
    <name>AppPicker</name>
    <message>
        <source>App</source>
        <translation>应用</translation>
    </message>
    <message>
        <source>No app</source>
        <translation>未选择应用</translation>
    </message>
    <message>
        <source>No apps to show yet</source>
        <translation>还没有可显示的应用</translation>
    </message>
    <message>
        <source>Other apps</source>
        <translation>其他应用</translation>
    </message>
    <message>
        <source>Reading the list of apps…</source>
        <translation>正在读取应用列表…</translation>
    </message>
    <message>
        <source>Recent</source>
        <translation>最近使用</translation>
    </message>
    <message>
        <source>Reload the list</source>
        <translation>重新读取列表</translation>
    </message>
    <message>
        <source>Search apps by name, identifier or short link</source>
        <translation>按名称、包名或短链接搜索应用</translation>
    </message>
    <message>
        <source>The list is not complete. Reload it</source>
        <translation>列表不完整，点此重新读取</translation>
    </message>
</context>
<context>
    <name>BatchFlow</name>
    <message numerus="yes">
        <source>%n build(s) left</source>
        <translation>
            <numerusform>还剩 %n 个版本</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BuildCard</name>
    <message>
        <source>Build {number}</source>
        <translation>构建号 {number}</translation>
    </message>
    <message>
        <source>Pgyer build {number}</source>
        <translation>蒲公英构建号 {number}</translation>
    </message>
</context>
<context>
    <name>BuildModel</name>
    <message numerus="yes">
        <source>%n newer than what users get</source>
        <translation>
            <numerusform>以上 %n 个版本比用户拿到的新</numerusform>
        </translation>
    </message>
    <message>
        <source>Builds may be missing below this one.</source>
        <translation>此版本之后可能缺少一些版本。</translation>
    </message>
    <message>
        <source>Changing…</source>
        <comment>badge on a build with a write under way</comment>
        <translation>更改中…</translation>
    </message>
    <message>
        <source>Complete</source>
        <comment>publishing of a build</comment>
        <translation>已完成</translation>
    </message>
    <message>
        <source>It is not known yet how the last change of this build ended.</source>
        <translation>此版本上次更改的结果尚未确认。</translation>
    </message>
    <message>
        <source>Latest</source>
        <comment>badge on a build</comment>
        <translation>最新版本</translation>
    </message>
    <message>
        <source>New</source>
        <comment>badge on a build uploaded since the last visit</comment>
        <translation>新</translation>
    </message>
    <message>
        <source>Not deleted</source>
        <comment>badge on a build whose delete failed</comment>
        <translation>未删除</translation>
    </message>
    <message>
        <source>Pinned</source>
        <comment>badge on a build</comment>
        <translation>已固定</translation>
    </message>
    <message>
        <source>Publishing</source>
        <comment>badge on a build</comment>
        <translation>发布中</translation>
    </message>
    <message>
        <source>Still under way</source>
        <comment>publishing of a build</comment>
        <translation>进行中</translation>
    </message>
    <message>
        <source>Unknown</source>
        <comment>badge on a build whose last change may have failed</comment>
        <translation>未知</translation>
    </message>
    <message>
        <source>collapsed</source>
        <comment>heading of a group</comment>
        <translation>已折叠</translation>
    </message>
    <message>
        <source>expanded</source>
        <comment>heading of a group</comment>
        <translation>已展开</translation>
    </message>
    <message>
        <source>{count}+ newer than what users get</source>
        <translation>以上 {count} 多个版本比用户拿到的新</translation>
    </message>
</context>
<context>
    <name>BuildTable</name>
    <message>
        <source>Builds</source>
        <translation>版本列表</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
</context>
<context>
    <name>BuildsPage</name>
    <message>
        <source>Build</source>
        <translation>构建号</translation>
    </message>
    <message>
        <source>Esc returns to page {number}</source>
        <translation>按 Esc 返回第 {number} 页</translation>
    </message>
    <message>
        <source>Esc returns to the list</source>
        <translation>按 Esc 返回列表</translation>
    </message>
    <message>
        <source>Only this page is searched: the history cannot be used</source>
        <translation>历史记录无法使用，只搜索了本页</translation>
    </message>
    <message>
        <source>The QR code of {build} has been copied.</source>
        <translation>{build} 的二维码已复制。</translation>
    </message>
    <message>
        <source>Width of the details</source>
        <translation>详情的宽度</translation>
    </message>
</context>
<context>
    <name>ChangeFlow</name>
    <message numerus="yes">
        <source>%n build(s) are marked latest</source>
        <translation>
            <numerusform>有 %n 个版本带最新标记</numerusform>
        </translation>
    </message>
    <message>
        <source>Not known</source>
        <translation>未知</translation>
    </message>
</context>
<context>
    <name>CheckCaseDialog</name>
    <message>
        <source>1.0 user</source>
        <translation>1.0 版用户</translation>
    </message>
    <message>
        <source>Add case</source>
        <translation>添加用例</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Channel key</source>
        <translation>渠道 Key</translation>
    </message>
    <message>
        <source>Current user</source>
        <translation>当前用户</translation>
    </message>
    <message>
        <source>Edit case</source>
        <translation>编辑用例</translation>
    </message>
    <message>
        <source>Fill in the latest: {build}</source>
        <translation>填入最新版本：{build}</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Optional</source>
        <translation>选填</translation>
    </message>
    <message>
        <source>Pgyer build</source>
        <translation>蒲公英构建号</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本号</translation>
    </message>
    <message>
        <source>What does this device have?</source>
        <translation>这台设备上装的是什么？</translation>
    </message>
    <message>
        <source>What the device reports to Pgyer. Leave empty what it does not report.</source>
        <translation>设备上报给蒲公英的信息，没有上报的请留空。</translation>
    </message>
    <message>
        <source>Which device is to be checked?</source>
        <translation>要检查什么样的设备？</translation>
    </message>
</context>
<context>
    <name>CheckResult</name>
    <message>
        <source>, </source>
        <comment>between the parts of what was asked</comment>
        <translation>，</translation>
    </message>
    <message>
        <source>Asked for {parts}</source>
        <translation>查询条件：{parts}</translation>
    </message>
    <message>
        <source>Build number</source>
        <translation>构建号</translation>
    </message>
    <message>
        <source>Copy link</source>
        <translation>复制链接</translation>
    </message>
    <message>
        <source>Forced</source>
        <translation>强制更新</translation>
    </message>
    <message>
        <source>Forced below</source>
        <translation>低于此版本强制更新</translation>
    </message>
    <message>
        <source>Latest on Pgyer: {build}</source>
        <translation>蒲公英上的最新版本：{build}</translation>
    </message>
    <message>
        <source>Link</source>
        <translation>链接</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>No update: this device has what Pgyer offers</source>
        <translation>没有更新：此设备已是蒲公英提供的版本</translation>
    </message>
    <message>
        <source>Pgyer build</source>
        <translation>蒲公英构建号</translation>
    </message>
    <message>
        <source>Pgyer build #{number}</source>
        <translation>蒲公英构建号 #{number}</translation>
    </message>
    <message>
        <source>Pgyer names no build for this app</source>
        <translation>蒲公英没有给出此应用的任何版本</translation>
    </message>
    <message>
        <source>Pgyer offers {build} and does not say whether it is new</source>
        <translation>蒲公英提供 {build}，但没有说明是否为新版本</translation>
    </message>
    <message>
        <source>Release notes</source>
        <translation>更新说明</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>This is the very build that you selected.</source>
        <translation>这正是您所选的版本。</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本号</translation>
    </message>
    <message>
        <source>What is offered</source>
        <translation>收到的版本</translation>
    </message>
    <message>
        <source>channel {channel}</source>
        <translation>渠道 {channel}</translation>
    </message>
    <message>
        <source>version {version}</source>
        <translation>版本号 {version}</translation>
    </message>
    <message>
        <source>{build} is offered</source>
        <translation>将收到 {build}</translation>
    </message>
    <message>
        <source>{build} is offered, forced update</source>
        <translation>将收到 {build}，强制更新</translation>
    </message>
</context>
<context>
    <name>CheckUpdateDialog</name>
    <message>
        <source>Channel key</source>
        <translation>渠道 Key</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>检查</translation>
    </message>
    <message>
        <source>Check update</source>
        <translation>检查更新</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Optional</source>
        <translation>选填</translation>
    </message>
    <message>
        <source>Pgyer build</source>
        <translation>蒲公英构建号</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本号</translation>
    </message>
    <message>
        <source>What is a device offered?</source>
        <translation>设备会收到哪个版本？</translation>
    </message>
    <message>
        <source>{app}: what Pgyer offers a device with this version. Leave the version empty to see the latest.</source>
        <translation>{app}：查看装有此版本的设备会从蒲公英收到什么。版本号留空则查看最新版本。</translation>
    </message>
</context>
<context>
    <name>CheckUpdateFlow</name>
    <message>
        <source>The link has been copied.</source>
        <translation>已复制链接。</translation>
    </message>
</context>
<context>
    <name>ChecksFlow</name>
    <message numerus="yes">
        <source>%n case(s) checked</source>
        <translation>
            <numerusform>已检查 %n 个用例</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n changed</source>
        <translation>
            <numerusform>%n 个有变化</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n could not be checked</source>
        <translation>
            <numerusform>%n 个无法检查</numerusform>
        </translation>
    </message>
    <message>
        <source>, </source>
        <comment>between the parts of a report</comment>
        <translation>，</translation>
    </message>
    <message>
        <source>The results have been copied.</source>
        <translation>已复制结果。</translation>
    </message>
    <message>
        <source>Update checks of {app}: {report}.</source>
        <translation>{app} 的更新检查：{report}。</translation>
    </message>
    <message>
        <source>nothing changed</source>
        <translation>没有变化</translation>
    </message>
</context>
<context>
    <name>ChecksModel</name>
    <message>
        <source>, </source>
        <comment>between the parts of a case that is read out</comment>
        <translation>，</translation>
    </message>
    <message>
        <source>Case</source>
        <translation>用例</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>有变化</translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>正在检查…</translation>
    </message>
    <message>
        <source>First check</source>
        <translation>首次检查</translation>
    </message>
    <message>
        <source>Not checked yet</source>
        <translation>尚未检查</translation>
    </message>
    <message>
        <source>Offered</source>
        <translation>收到的版本</translation>
    </message>
    <message>
        <source>Since the check before</source>
        <translation>与上次相比</translation>
    </message>
    <message>
        <source>Unchanged</source>
        <translation>无变化</translation>
    </message>
</context>
<context>
    <name>ChecksTable</name>
    <message>
        <source>Cases</source>
        <translation>用例</translation>
    </message>
</context>
<context>
    <name>CleanUpDialog</name>
    <message numerus="yes">
        <source>%n match; this account deletes at most {most} in one run</source>
        <translation>
            <numerusform>符合条件的有 %n 个；此账号一次最多删除 {most} 个</numerusform>
        </translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>更改…</translation>
    </message>
    <message>
        <source>Clean up</source>
        <translation>清理</translation>
    </message>
    <message>
        <source>Clean up {app}</source>
        <translation>清理 {app}</translation>
    </message>
    <message numerus="yes">
        <source>Delete %n build(s)…</source>
        <translation>
            <numerusform>删除 %n 个版本…</numerusform>
        </translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>删除…</translation>
    </message>
    <message>
        <source>Make a new plan</source>
        <translation>新建计划</translation>
    </message>
    <message>
        <source>Open plan…</source>
        <translation>打开计划…</translation>
    </message>
    <message>
        <source>Save plan…</source>
        <translation>保存计划…</translation>
    </message>
    <message>
        <source>The latest, pinned builds and builds still being published always stay.</source>
        <translation>最新版本、固定的版本以及仍在发布的版本始终保留。</translation>
    </message>
    <message>
        <source>This plan was saved on {when}. It runs as it was agreed on.</source>
        <translation>此计划保存于 {when}，将按当时确认的内容执行。</translation>
    </message>
</context>
<context>
    <name>CleanUpFlow</name>
    <message>
        <source>Clean-up plan ({pattern})</source>
        <translation>清理计划 ({pattern})</translation>
    </message>
    <message>
        <source>Open plan</source>
        <translation>打开计划</translation>
    </message>
    <message>
        <source>Reading all builds</source>
        <translation>正在读取全部版本</translation>
    </message>
    <message numerus="yes">
        <source>Reading all builds: {read} of %n page(s)</source>
        <translation>
            <numerusform>正在读取全部版本：%n 页中的 {read} 页</numerusform>
        </translation>
    </message>
    <message>
        <source>Save plan</source>
        <translation>保存计划</translation>
    </message>
    <message>
        <source>The plan has been saved as {file}.</source>
        <translation>计划已保存为 {file}。</translation>
    </message>
</context>
<context>
    <name>ClosingNotice</name>
    <message>
        <source>Finishing a change of {build}…</source>
        <translation>正在完成对 {build} 的更改…</translation>
    </message>
    <message numerus="yes">
        <source>Finishing changes of %n build(s)…</source>
        <translation>
            <numerusform>正在完成对 %n 个版本的更改…</numerusform>
        </translation>
    </message>
    <message>
        <source>The program closes after that. Close again to leave now; the next start finds out how it ended.</source>
        <translation>完成后程序将退出。再次关闭可立即退出，下次启动时会确认结果。</translation>
    </message>
</context>
<context>
    <name>ColourDots</name>
    <message>
        <source>Blue</source>
        <translation>蓝色</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>绿色</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Orange</source>
        <translation>橙色</translation>
    </message>
    <message>
        <source>Purple</source>
        <translation>紫色</translation>
    </message>
    <message>
        <source>Red</source>
        <translation>红色</translation>
    </message>
</context>
<context>
    <name>ColumnArrangement</name>
    <message>
        <source>Ascending</source>
        <translation>升序</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Descending</source>
        <translation>降序</translation>
    </message>
    <message>
        <source>In Pgyer&apos;s order, newest first</source>
        <translation>按蒲公英的顺序，新的在前</translation>
    </message>
    <message>
        <source>Pgyer&apos;s order</source>
        <translation>蒲公英的顺序</translation>
    </message>
    <message>
        <source>Reset columns</source>
        <translation>恢复默认列</translation>
    </message>
    <message>
        <source>Sort by</source>
        <translation>排序方式</translation>
    </message>
    <message>
        <source>This page sorted by {column}, ascending</source>
        <translation>本页按“{column}”升序排列</translation>
    </message>
    <message>
        <source>This page sorted by {column}, descending</source>
        <translation>本页按“{column}”降序排列</translation>
    </message>
</context>
<context>
    <name>CompareDialog</name>
    <message>
        <source>Build Key</source>
        <translation>Build Key</translation>
    </message>
    <message>
        <source>Build number</source>
        <translation>构建号</translation>
    </message>
    <message>
        <source>Compare two builds</source>
        <translation>比较两个版本</translation>
    </message>
    <message>
        <source>Copy differences</source>
        <translation>复制差异</translation>
    </message>
    <message>
        <source>Downloads</source>
        <translation>下载次数</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>First</source>
        <translation>第一个</translation>
    </message>
    <message>
        <source>Identifier</source>
        <translation>包名</translation>
    </message>
    <message>
        <source>In history</source>
        <translation>历史页可见</translation>
    </message>
    <message>
        <source>Latest</source>
        <translation>最新版本</translation>
    </message>
    <message>
        <source>Launcher</source>
        <translation>启动 Activity</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Newer</source>
        <translation>较新</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Older</source>
        <translation>较旧</translation>
    </message>
    <message>
        <source>Only differences</source>
        <translation>仅显示差异</translation>
    </message>
    <message>
        <source>Pgyer build</source>
        <translation>蒲公英构建号</translation>
    </message>
    <message>
        <source>Platform</source>
        <translation>平台</translation>
    </message>
    <message>
        <source>Publishing</source>
        <translation>发布状态</translation>
    </message>
    <message>
        <source>Release notes</source>
        <translation>更新说明</translation>
    </message>
    <message>
        <source>Release notes of the build at the left</source>
        <translation>左侧版本的更新说明</translation>
    </message>
    <message>
        <source>Release notes of the build at the right</source>
        <translation>右侧版本的更新说明</translation>
    </message>
    <message>
        <source>Second</source>
        <translation>第二个</translation>
    </message>
    <message>
        <source>Short link</source>
        <translation>短链接</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Uploaded</source>
        <translation>上传时间</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本号</translation>
    </message>
    <message>
        <source>differs</source>
        <translation>不同</translation>
    </message>
</context>
<context>
    <name>ConfirmDialog</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Guard rails…</source>
        <translation>防护设置…</translation>
    </message>
    <message>
        <source>In all</source>
        <translation>合计</translation>
    </message>
    <message>
        <source>Show all {count}</source>
        <translation>显示全部 {count} 条</translation>
    </message>
    <message>
        <source>Type {word} first.</source>
        <translation>请先输入 {word}。</translation>
    </message>
    <message>
        <source>Type {word} to confirm</source>
        <translation>输入 {word} 以确认</translation>
    </message>
    <message>
        <source>What it is about</source>
        <translation>相关信息</translation>
    </message>
    <message>
        <source>What this account makes hard, and how many go in one run</source>
        <translation>此账号的限制，以及每次最多删除多少个</translation>
    </message>
</context>
<context>
    <name>CopyButton</name>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
</context>
<context>
    <name>CrashDialog</name>
    <message numerus="yes">
        <source>%n more error(s) came up since.</source>
        <translation>
            <numerusform>此后又出现 %n 个错误。</numerusform>
        </translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>复制详情</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>If it happens again, report it with these details. Keys are struck out of them.</source>
        <translation>如果再次出现，请附上这些详情反馈问题。其中的密钥已隐去。</translation>
    </message>
    <message>
        <source>Something went wrong in the program</source>
        <translation>程序出了问题</translation>
    </message>
    <message>
        <source>The program goes on. Nothing is sent to Pgyer a second time because of this, and changes that were under way are recorded.</source>
        <translation>程序会继续运行，不会因此向蒲公英重复发送任何内容；正在进行的更改已有记录。</translation>
    </message>
    <message>
        <source>Unexpected error</source>
        <translation>意外错误</translation>
    </message>
</context>
<context>
    <name>DetailsPanel</name>
    <message>
        <source>App Key</source>
        <translation>App Key</translation>
    </message>
    <message>
        <source>Build Key</source>
        <translation>Build Key</translation>
    </message>
    <message>
        <source>Build details</source>
        <translation>版本详情</translation>
    </message>
    <message>
        <source>Build number</source>
        <translation>构建号</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Downloads</source>
        <translation>下载次数</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>全屏显示</translation>
    </message>
    <message>
        <source>Icon</source>
        <translation>图标</translation>
    </message>
    <message>
        <source>Identifier</source>
        <translation>包名</translation>
    </message>
    <message>
        <source>In history</source>
        <translation>历史页可见</translation>
    </message>
    <message>
        <source>Launcher</source>
        <translation>启动 Activity</translation>
    </message>
    <message>
        <source>Link</source>
        <translation>链接</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Pgyer build</source>
        <translation>蒲公英构建号</translation>
    </message>
    <message>
        <source>Platform</source>
        <translation>平台</translation>
    </message>
    <message>
        <source>Publishing</source>
        <translation>发布状态</translation>
    </message>
    <message>
        <source>QR code of this build&apos;s page</source>
        <translation>此版本页面的二维码</translation>
    </message>
    <message>
        <source>Release notes</source>
        <translation>更新说明</translation>
    </message>
    <message>
        <source>Scan to install exactly this build</source>
        <translation>扫码安装的就是这个版本</translation>
    </message>
    <message>
        <source>Scan to install exactly {build}</source>
        <translation>扫码安装的就是 {build}</translation>
    </message>
    <message>
        <source>Select a build to see its details</source>
        <translation>选择一个版本以查看详情</translation>
    </message>
    <message>
        <source>Short link</source>
        <translation>短链接</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Uploaded</source>
        <translation>上传时间</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本号</translation>
    </message>
    <message>
        <source>uploaded {when}</source>
        <translation>上传于 {when}</translation>
    </message>
    <message>
        <source>what users get now</source>
        <translation>用户现在拿到的版本</translation>
    </message>
</context>
<context>
    <name>Dialog</name>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>EntryDetails</name>
    <message>
        <source>Change</source>
        <translation>更改</translation>
    </message>
    <message>
        <source>Copy as Markdown</source>
        <translation>复制为 Markdown</translation>
    </message>
    <message>
        <source>What was written down</source>
        <translation>记录内容</translation>
    </message>
</context>
<context>
    <name>EntryList</name>
    <message>
        <source>Changes</source>
        <translation>更改</translation>
    </message>
</context>
<context>
    <name>ExportFlow</name>
    <message>
        <source>Export all listed ({n})</source>
        <translation>导出列出的全部（{n}）</translation>
    </message>
    <message numerus="yes">
        <source>Export everything listed on this page: %n build(s)</source>
        <translation>
            <numerusform>导出本页列出的全部内容：%n 个版本</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Export everything listed: %n build(s)</source>
        <translation>
            <numerusform>导出列出的全部内容：%n 个版本</numerusform>
        </translation>
    </message>
    <message>
        <source>Export the selection ({n})</source>
        <translation>导出所选（{n}）</translation>
    </message>
    <message numerus="yes">
        <source>Export the selection: %n build(s)</source>
        <translation>
            <numerusform>导出所选内容：%n 个版本</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FileSaver</name>
    <message>
        <source>Exported to {file}</source>
        <translation>已导出到 {file}</translation>
    </message>
    <message>
        <source>For programs: a plain table (*.csv)</source>
        <translation>用于程序：纯表格 (*.csv)</translation>
    </message>
    <message>
        <source>For programs: everything that is known (*.json)</source>
        <translation>用于程序：包含所有已知信息 (*.json)</translation>
    </message>
    <message>
        <source>For spreadsheets: every cell as it stands (*.xlsx)</source>
        <translation>用于电子表格：单元格内容保持原样 (*.xlsx)</translation>
    </message>
</context>
<context>
    <name>Foot</name>
    <message numerus="yes">
        <source>%n build(s) on this page</source>
        <translation>
            <numerusform>本页 %n 个版本</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more could not be read</source>
        <translation>
            <numerusform>另有 %n 个无法读取</numerusform>
        </translation>
    </message>
    <message>
        <source>as of {time}</source>
        <translation>截至 {time}</translation>
    </message>
    <message>
        <source>latest: {build}</source>
        <translation>最新版本：{build}</translation>
    </message>
    <message numerus="yes">
        <source>{shown} of %n build(s) on this page</source>
        <translation>
            <numerusform>本页 %n 个版本中的 {shown} 个</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>GoToPopup</name>
    <message>
        <source>Builds are found once they have been read. “All builds” reads the rest.</source>
        <translation>只能找到已读取的版本。打开“全部版本”可以读取其余版本。</translation>
    </message>
    <message>
        <source>Go to</source>
        <translation>转到</translation>
    </message>
    <message>
        <source>Go to an app, a build, an action or a setting</source>
        <translation>转到应用、版本、操作或设置</translation>
    </message>
    <message>
        <source>Guard rails…</source>
        <translation>防护设置…</translation>
    </message>
</context>
<context>
    <name>GoToRows</name>
    <message>
        <source>open now</source>
        <translation>已打开</translation>
    </message>
    <message>
        <source>what users get</source>
        <translation>用户现在拿到的版本</translation>
    </message>
    <message>
        <source>{what}: {shown} of {all}</source>
        <translation>{what}（{shown}/{all}）</translation>
    </message>
</context>
<context>
    <name>GuardsDialog</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Colour of the window</source>
        <translation>窗口颜色</translation>
    </message>
    <message>
        <source>For testers: install and check builds, and change nothing by mistake.</source>
        <translation>适合测试人员：可以安装和检查版本，不会误改任何内容。</translation>
    </message>
    <message>
        <source>Guard rails</source>
        <translation>防护设置</translation>
    </message>
    <message>
        <source>Guard rails of {account}</source>
        <translation>{account} 的防护设置</translation>
    </message>
    <message>
        <source>Most deletes in one run</source>
        <translation>一次最多删除</translation>
    </message>
    <message>
        <source>Production</source>
        <translation>生产环境</translation>
    </message>
    <message>
        <source>Read only</source>
        <translation>只读</translation>
    </message>
    <message>
        <source>Risky: a lower version, other platform or identifier, or still publishing.</source>
        <translation>有风险：版本号变低、平台或包名不同，或仍在发布中。</translation>
    </message>
    <message>
        <source>Risky: the latest, a pinned build, or more than ten at once.</source>
        <translation>有风险：最新版本、固定的版本，或一次删除十个以上。</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>They count on this computer only: nobody else sees them.</source>
        <translation>仅在本机生效，其他人看不到。</translation>
    </message>
    <message>
        <source>Type for risky deletes</source>
        <translation>删除有风险时，需要输入确认</translation>
    </message>
    <message>
        <source>Type the version for risky promotions</source>
        <translation>设为最新版本有风险时，需要输入版本号</translation>
    </message>
    <message>
        <source>Users depend on what this account offers: each promotion counts as risky.</source>
        <translation>真实用户在使用此账号发布的版本，每次设为最新版本都算有风险。</translation>
    </message>
</context>
<context>
    <name>HandoverDialog</name>
    <message>
        <source>A line is left out if what it asks for is not known.</source>
        <translation>没有相应信息的行会省略。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Copy message</source>
        <translation>复制消息</translation>
    </message>
    <message>
        <source>Edit message</source>
        <translation>编辑消息</translation>
    </message>
    <message>
        <source>Insert</source>
        <translation>插入</translation>
    </message>
    <message>
        <source>Insert something that is known about the build</source>
        <translation>插入此版本的一项信息</translation>
    </message>
    <message>
        <source>It cannot be saved like this. Close again to discard your changes.</source>
        <translation>这样无法保存。再次关闭将放弃所做的修改。</translation>
    </message>
    <message>
        <source>Language of the message</source>
        <translation>消息的语言</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>Message as it will be copied</source>
        <translation>消息预览</translation>
    </message>
    <message>
        <source>Names in braces are filled in for each build. The text is kept for this account.</source>
        <translation>大括号中的名称会替换为各版本的信息。文本随此账号保存。</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>This is the built-in text.</source>
        <translation>当前使用内置文本。</translation>
    </message>
    <message>
        <source>Use the built-in text</source>
        <translation>使用内置文本</translation>
    </message>
    <message>
        <source>What should the message say?</source>
        <translation>消息要写些什么？</translation>
    </message>
    <message>
        <source>Your own text. Sizes, dates and platforms are written in Chinese. {rule}</source>
        <translation>当前使用自定义文本，大小、日期和平台以中文书写。{rule}</translation>
    </message>
    <message>
        <source>Your own text. Sizes, dates and platforms are written in English. {rule}</source>
        <translation>当前使用自定义文本，大小、日期和平台以英文书写。{rule}</translation>
    </message>
</context>
<context>
    <name>HistoryBar</name>
    <message numerus="yes">
        <source>%n build(s) so far</source>
        <translation>
            <numerusform>目前有 %n 个版本</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n found</source>
        <translation>
            <numerusform>找到 %n 个</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>All %n build(s)</source>
        <translation>
            <numerusform>全部 %n 个版本</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing found {place}</source>
        <translation>{place}没有找到</translation>
    </message>
    <message>
        <source>Read the rest</source>
        <translation>读取其余部分</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>as of {time}</source>
        <translation>截至 {time}</translation>
    </message>
    <message numerus="yes">
        <source>builds may be missing in %n place(s)</source>
        <translation>
            <numerusform>有 %n 处可能缺少版本</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in %n build(s) so far</source>
        <translation>
            <numerusform>在目前的 %n 个版本中</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in all %n build(s)</source>
        <translation>
            <numerusform>在全部 %n 个版本中</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in {read} of %n page(s)</source>
        <translation>
            <numerusform>在 %n 页中的 {read} 页里</numerusform>
        </translation>
    </message>
    <message>
        <source>looking for changes</source>
        <translation>正在检查变化</translation>
    </message>
    <message>
        <source>waiting, because Pgyer asked for it</source>
        <translation>应蒲公英要求稍候</translation>
    </message>
    <message>
        <source>{found} {place}</source>
        <translation>{place}{found}</translation>
    </message>
    <message numerus="yes">
        <source>{read} of %n page(s) read</source>
        <translation>
            <numerusform>已读取 %n 页中的 {read} 页</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{shown} of %n build(s) so far</source>
        <translation>
            <numerusform>目前 %n 个版本中的 {shown} 个</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{shown} of all %n build(s)</source>
        <translation>
            <numerusform>全部 %n 个版本中的 {shown} 个</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>JobControls</name>
    <message numerus="yes">
        <source>Delete the next %n</source>
        <translation>
            <numerusform>再删除 %n 个</numerusform>
        </translation>
    </message>
    <message>
        <source>Delete the rest…</source>
        <translation>删除其余版本…</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
</context>
<context>
    <name>JobList</name>
    <message>
        <source>Jobs</source>
        <translation>任务</translation>
    </message>
</context>
<context>
    <name>JobReport</name>
    <message>
        <source>Builds</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Copy report</source>
        <translation>复制报告</translation>
    </message>
    <message>
        <source>What became of it</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>{size} freed</source>
        <translation>释放 {size}</translation>
    </message>
</context>
<context>
    <name>JobsBar</name>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>还有 %n 个任务</numerusform>
        </translation>
    </message>
    <message>
        <source>Jobs</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>Show jobs</source>
        <translation>查看任务</translation>
    </message>
</context>
<context>
    <name>JobsWindow</name>
    <message>
        <source>Jobs</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>Nothing has run yet</source>
        <translation>还没有任务</translation>
    </message>
    <message>
        <source>When several builds are deleted, this shows how far it is, and afterwards what became of each.</source>
        <translation>删除多个版本时，这里显示进度，结束后显示每个版本的结果。</translation>
    </message>
    <message>
        <source>Width of the list</source>
        <translation>列表的宽度</translation>
    </message>
</context>
<context>
    <name>KeyField</name>
    <message>
        <source>API key</source>
        <translation>API Key</translation>
    </message>
    <message>
        <source>Hide the key</source>
        <translation>隐藏密钥</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>粘贴</translation>
    </message>
    <message>
        <source>Show the key</source>
        <translation>显示密钥</translation>
    </message>
</context>
<context>
    <name>KeySteps</name>
    <message>
        <source>API Key</source>
        <comment>as Pgyer writes it</comment>
        <translation>API Key</translation>
    </message>
    <message>
        <source>Account › API</source>
        <translation>账号 › API</translation>
    </message>
    <message>
        <source>Come back and paste it</source>
        <translation>回到这里粘贴</translation>
    </message>
    <message>
        <source>Copy the {key} there</source>
        <translation>复制那里的 {key}</translation>
    </message>
    <message>
        <source>Opens Pgyer in the browser</source>
        <translation>在浏览器中打开蒲公英</translation>
    </message>
    <message>
        <source>Sign in to Pgyer and open {page}</source>
        <translation>登录蒲公英，打开 {page}</translation>
    </message>
</context>
<context>
    <name>ListHeader</name>
    <message>
        <source>Check or clear all ({keys})</source>
        <translation>全部勾选或取消（{keys}）</translation>
    </message>
</context>
<context>
    <name>NoMatchesPage</name>
    <message>
        <source>Clear</source>
        <translation>清除搜索</translation>
    </message>
    <message>
        <source>No build matches</source>
        <translation>没有匹配的版本</translation>
    </message>
    <message>
        <source>Not all builds have been read.</source>
        <translation>还有版本没有读取。</translation>
    </message>
    <message>
        <source>Nothing found so far</source>
        <translation>目前没有找到</translation>
    </message>
    <message>
        <source>Read the rest</source>
        <translation>读取其余部分</translation>
    </message>
</context>
<context>
    <name>NotesText</name>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Show all {count}</source>
        <translation>显示全部 {count} 条</translation>
    </message>
</context>
<context>
    <name>NothingPage</name>
    <message numerus="yes">
        <source>All %n build(s) are kept</source>
        <translation>
            <numerusform>%n 个版本全部保留</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete by the rules (%n)</source>
        <translation>
            <numerusform>按规则删除（%n 个）</numerusform>
        </translation>
    </message>
    <message>
        <source>Read again</source>
        <translation>重新读取</translation>
    </message>
    <message>
        <source>There are no builds</source>
        <translation>没有版本</translation>
    </message>
    <message>
        <source>There is no plan</source>
        <translation>暂无计划</translation>
    </message>
    <message numerus="yes">
        <source>{rules} (%n to delete)</source>
        <translation>
            <numerusform>{rules}（可删除 %n 个）</numerusform>
        </translation>
    </message>
    <message>
        <source>{rule}: {count}</source>
        <translation>{rule}：{count}</translation>
    </message>
</context>
<context>
    <name>NoticeBanner</name>
    <message>
        <source>Close this message</source>
        <translation>关闭此消息</translation>
    </message>
</context>
<context>
    <name>NoticeBoard</name>
    <message>
        <source>Allow</source>
        <translation>允许</translation>
    </message>
    <message>
        <source>Copy link</source>
        <translation>复制链接</translation>
    </message>
    <message>
        <source>Enter key…</source>
        <translation>输入密钥…</translation>
    </message>
    <message>
        <source>Find my accounts</source>
        <translation>找回我的账号</translation>
    </message>
    <message>
        <source>Guard rails…</source>
        <translation>防护设置…</translation>
    </message>
    <message>
        <source>Open account…</source>
        <translation>打开账号…</translation>
    </message>
    <message>
        <source>Open page</source>
        <translation>打开页面</translation>
    </message>
    <message>
        <source>Read again</source>
        <translation>重新读取</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Show report</source>
        <translation>查看报告</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
</context>
<context>
    <name>PageBar</name>
    <message numerus="yes">
        <source>%n page(s) in all</source>
        <translation>
            <numerusform>共 %n 页</numerusform>
        </translation>
    </message>
    <message>
        <source>First page</source>
        <translation>第一页</translation>
    </message>
    <message>
        <source>Last page</source>
        <translation>最后一页</translation>
    </message>
    <message>
        <source>Loading page {number}…</source>
        <translation>正在读取第 {number} 页…</translation>
    </message>
    <message>
        <source>Next page</source>
        <translation>下一页</translation>
    </message>
    <message>
        <source>Page number</source>
        <translation>页码</translation>
    </message>
    <message>
        <source>Page {number} of {count}</source>
        <translation>第 {number} 页，共 {count} 页</translation>
    </message>
    <message>
        <source>Previous page</source>
        <translation>上一页</translation>
    </message>
</context>
<context>
    <name>PlanLists</name>
    <message>
        <source>Kept</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>计划</translation>
    </message>
    <message>
        <source>To delete</source>
        <translation>待删除</translation>
    </message>
    <message>
        <source>Why it goes</source>
        <translation>删除原因</translation>
    </message>
    <message>
        <source>Why it stays</source>
        <translation>保留原因</translation>
    </message>
    <message>
        <source>more than {size} freed</source>
        <translation>释放超过 {size}</translation>
    </message>
    <message>
        <source>{size} freed</source>
        <translation>释放 {size}</translation>
    </message>
    <message>
        <source>{tab} ({count})</source>
        <translation>{tab} ({count})</translation>
    </message>
</context>
<context>
    <name>PlanModel</name>
    <message>
        <source>Latest</source>
        <translation>最新版本</translation>
    </message>
    <message>
        <source>{hand}; by the rules: {rules}</source>
        <translation>{hand}；按规则：{rules}</translation>
    </message>
</context>
<context>
    <name>PolicyBox</name>
    <message>
        <source>Delete policy</source>
        <translation>删除方案</translation>
    </message>
    <message>
        <source>Own rules</source>
        <translation>自定规则</translation>
    </message>
    <message>
        <source>Policy</source>
        <translation>方案</translation>
    </message>
    <message>
        <source>Rename policy</source>
        <translation>重命名方案</translation>
    </message>
    <message>
        <source>Rename {policy}</source>
        <translation>重命名“{policy}”</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>重命名…</translation>
    </message>
    <message>
        <source>Save as policy…</source>
        <translation>存为方案…</translation>
    </message>
    <message>
        <source>Save policy</source>
        <translation>保存方案</translation>
    </message>
    <message>
        <source>Save these rules as a policy</source>
        <translation>将这些规则存为方案</translation>
    </message>
    <message>
        <source>Save, rename or delete a policy</source>
        <translation>保存、重命名或删除方案</translation>
    </message>
</context>
<context>
    <name>PolicyDialog</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>It takes the place of the policy with this name.</source>
        <translation>将替换同名的方案。</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Nightlies</source>
        <translation>每日构建</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
</context>
<context>
    <name>ProblemLine</name>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
</context>
<context>
    <name>PromotionCard</name>
    <message>
        <source>Go back to {build}…</source>
        <translation>恢复到 {build}…</translation>
    </message>
</context>
<context>
    <name>QrCode</name>
    <message>
        <source>Copy QR code as picture</source>
        <translation>复制二维码图片</translation>
    </message>
</context>
<context>
    <name>QrDialog</name>
    <message>
        <source>Copy link</source>
        <translation>复制链接</translation>
    </message>
    <message>
        <source>Link to this build</source>
        <translation>此版本的链接</translation>
    </message>
    <message>
        <source>Pgyer sent no usable key for this build, so there is no link to it.</source>
        <translation>蒲公英没有给出此版本可用的 Build Key，因此没有链接。</translation>
    </message>
    <message>
        <source>QR code of this build&apos;s page</source>
        <translation>此版本页面的二维码</translation>
    </message>
    <message>
        <source>Scan it with a phone to install exactly this build.</source>
        <translation>用手机扫码，安装的就是这个版本。</translation>
    </message>
    <message>
        <source>Show QR code</source>
        <translation>显示二维码</translation>
    </message>
</context>
<context>
    <name>Remedies</name>
    <message>
        <source>The link has been copied.</source>
        <translation>已复制链接。</translation>
    </message>
</context>
<context>
    <name>ReportDialog</name>
    <message>
        <source>Copy details</source>
        <translation>复制详情</translation>
    </message>
    <message>
        <source>Describe what you did, what you expected and what happened instead, and send it with these details to whoever gave you the program.</source>
        <translation>请写下您做了什么、期望什么、实际发生了什么，连同以下信息发给提供本程序的人。</translation>
    </message>
    <message>
        <source>Open the log&apos;s folder</source>
        <translation>打开日志文件夹</translation>
    </message>
    <message>
        <source>Report a problem</source>
        <translation>反馈问题</translation>
    </message>
    <message>
        <source>The newest file in the log&apos;s folder helps too. API keys are struck out of it.</source>
        <translation>日志文件夹中最新的文件也有帮助，其中的 API Key 已隐去。</translation>
    </message>
    <message>
        <source>What the program runs on</source>
        <translation>运行环境</translation>
    </message>
    <message>
        <source>What went wrong?</source>
        <translation>遇到了什么问题？</translation>
    </message>
</context>
<context>
    <name>RulesBar</name>
    <message>
        <source>Keep the newest</source>
        <translation>保留最近上传的</translation>
    </message>
    <message>
        <source>Younger than, in days</source>
        <translation>上传不足以下天数</translation>
    </message>
    <message>
        <source>also the newest of each version</source>
        <translation>以及每个版本号最近上传的一个</translation>
    </message>
    <message>
        <source>also younger than</source>
        <translation>以及上传不足</translation>
    </message>
    <message>
        <source>days</source>
        <comment>behind the number in: younger than 30 days</comment>
        <translation>天的</translation>
    </message>
</context>
<context>
    <name>ScenePage</name>
    <message>
        <source>Add app by key…</source>
        <translation>通过 App Key 添加应用…</translation>
    </message>
    <message>
        <source>An app can also be opened by its App Key.</source>
        <translation>也可以通过 App Key 打开应用。</translation>
    </message>
    <message>
        <source>Apps that you upload to Pgyer show here. One of another account can be added by its App Key.</source>
        <translation>上传到蒲公英的应用会显示在这里。其他账号的应用可以通过 App Key 添加。</translation>
    </message>
    <message>
        <source>Builds show here once they are uploaded to Pgyer.</source>
        <translation>上传到蒲公英的版本会显示在这里。</translation>
    </message>
    <message>
        <source>Enter key…</source>
        <translation>输入密钥…</translation>
    </message>
    <message>
        <source>No apps in this account yet</source>
        <translation>此账号还没有应用</translation>
    </message>
    <message>
        <source>Opening {account}…</source>
        <translation>正在打开“{account}”…</translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation>刷新</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>The apps could not be read</source>
        <translation>无法读取应用</translation>
    </message>
    <message>
        <source>The builds of {app} could not be read</source>
        <translation>无法读取“{app}”的版本</translation>
    </message>
    <message>
        <source>The key of {account} is not here</source>
        <translation>本机没有“{account}”的密钥</translation>
    </message>
    <message>
        <source>They show here as soon as Pgyer answers.</source>
        <translation>蒲公英恢复响应后会显示在这里。</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Unlock {vault} and try again, or enter the API key once more.</source>
        <translation>请解锁{vault}后重试，或重新输入 API Key。</translation>
    </message>
    <message>
        <source>{app} has no builds yet</source>
        <translation>“{app}”还没有版本</translation>
    </message>
</context>
<context>
    <name>ScrolledPage</name>
    <message>
        <source>Page that scrolls</source>
        <translation>可滚动页面</translation>
    </message>
</context>
<context>
    <name>SearchField</name>
    <message>
        <source>Find in all builds</source>
        <translation>在全部版本中查找</translation>
    </message>
    <message>
        <source>Words of version, numbers, notes, file, key or date, and qualifiers such as size:&gt;20MB</source>
        <translation>可输入版本号、构建号、更新说明、文件、Build Key 或日期中的词，以及“大小:&gt;20MB”这样的条件</translation>
    </message>
</context>
<context>
    <name>SearchPopup</name>
    <message>
        <source>Choices</source>
        <translation>选项</translation>
    </message>
    <message>
        <source>Nothing matches</source>
        <translation>没有匹配项</translation>
    </message>
</context>
<context>
    <name>SearchSuggestions</name>
    <message>
        <source>Suggestions</source>
        <translation>建议</translation>
    </message>
</context>
<context>
    <name>SelectionSummary</name>
    <message numerus="yes">
        <source>%n build(s) selected</source>
        <translation>
            <numerusform>已选择 %n 个版本</numerusform>
        </translation>
    </message>
    <message>
        <source>At most {most} can be worked on together.</source>
        <translation>一次最多处理 {most} 个。</translation>
    </message>
    <message numerus="yes">
        <source>without %n build(s) of unknown size</source>
        <translation>
            <numerusform>不含大小未知的 %n 个版本</numerusform>
        </translation>
    </message>
    <message>
        <source>{first} to {last}</source>
        <comment>from the upper to the lower row</comment>
        <translation>从 {first} 到 {last}</translation>
    </message>
    <message>
        <source>{size} in all</source>
        <translation>共 {size}</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>API keys are in {vault}, not in these folders.</source>
        <translation>API Key 保存在{vault}中，不在这些文件夹里。</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Cache</source>
        <translation>缓存</translation>
    </message>
    <message>
        <source>Compact</source>
        <translation>紧凑</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>Look once a day for a newer version of this program</source>
        <translation>每天检查一次本程序是否有新版本</translation>
    </message>
    <message>
        <source>Normal</source>
        <translation>标准</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>行高</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>System</source>
        <comment>the system&apos;s light or dark</comment>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Updates</source>
        <translation>更新</translation>
    </message>
    <message>
        <source>{host} is asked, and told nothing but the version in use.</source>
        <translation>仅向 {host} 查询，只发送当前使用的版本号。</translation>
    </message>
</context>
<context>
    <name>SharingFlow</name>
    <message>
        <source>The link to {build} has been copied.</source>
        <translation>已复制 {build} 的链接。</translation>
    </message>
    <message>
        <source>The message about {build} has been copied.</source>
        <translation>已复制关于 {build} 的消息。</translation>
    </message>
</context>
<context>
    <name>ShortcutsDialog</name>
    <message>
        <source>Build</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>帮助</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>View</source>
        <translation>视图</translation>
    </message>
</context>
<context>
    <name>ThinProgress</name>
    <message>
        <source>Loading</source>
        <translation>正在读取</translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation>刷新</translation>
    </message>
</context>
<context>
    <name>UpdateChecksDialog</name>
    <message numerus="yes">
        <source>%n case(s) changed</source>
        <translation>
            <numerusform>%n 个用例有变化</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n case(s) could not be checked</source>
        <translation>
            <numerusform>%n 个用例无法检查</numerusform>
        </translation>
    </message>
    <message>
        <source>1.0 user</source>
        <translation>1.0 版用户</translation>
    </message>
    <message>
        <source>Add a case first.</source>
        <translation>请先添加用例。</translation>
    </message>
    <message>
        <source>Add the usual cases</source>
        <translation>添加常用用例</translation>
    </message>
    <message>
        <source>Add…</source>
        <translation>添加…</translation>
    </message>
    <message>
        <source>An app has {most} cases at most. Remove one first.</source>
        <translation>每个应用最多 {most} 个用例。请先移除一个。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Copy results</source>
        <translation>复制结果</translation>
    </message>
    <message>
        <source>Edit…</source>
        <translation>编辑…</translation>
    </message>
    <message>
        <source>New user</source>
        <translation>新用户</translation>
    </message>
    <message>
        <source>No case is saved yet. Add one for each kind of device that matters, or begin with the three usual ones: a new user, a user of 1.0, and one who is up to date.</source>
        <translation>还没有保存用例。可以为每一类重要的设备各添加一个，也可以先用三个常用用例：新用户、1.0 版用户、已是最新的用户。</translation>
    </message>
    <message>
        <source>Nothing changed</source>
        <translation>没有变化</translation>
    </message>
    <message>
        <source>Nothing has been checked yet.</source>
        <translation>尚未检查。</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Run all</source>
        <translation>全部检查</translation>
    </message>
    <message>
        <source>Select a case first.</source>
        <translation>请先选择用例。</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stop the checks first.</source>
        <translation>请先停止检查。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Up-to-date user</source>
        <translation>已是最新的用户</translation>
    </message>
    <message>
        <source>Update checks</source>
        <translation>更新检查</translation>
    </message>
    <message>
        <source>What are devices offered?</source>
        <translation>各类设备会收到什么版本？</translation>
    </message>
    <message>
        <source>as of {time}</source>
        <translation>截至 {time}</translation>
    </message>
    <message>
        <source>checked {time}</source>
        <translation>检查于 {time}</translation>
    </message>
    <message>
        <source>{app}: saved checks, to be run again after each promotion.</source>
        <translation>{app}：已保存的用例，每次设为最新版本后再检查一遍。</translation>
    </message>
    <message>
        <source>{case} was removed.</source>
        <translation>已移除“{case}”。</translation>
    </message>
    <message numerus="yes">
        <source>{done} of %n case(s) checked</source>
        <translation>
            <numerusform>%n 个用例中已检查 {done} 个</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>UpdateWatch</name>
    <message>
        <source>You have the newest version, {version}</source>
        <translation>{version} 已是最新的程序版本</translation>
    </message>
</context>
<context>
    <name>WelcomePage</name>
    <message>
        <source>Connect an account</source>
        <translation>连接账号</translation>
    </message>
    <message>
        <source>See the builds of your apps, get one onto a phone, and decide which one users are offered. An unofficial client for Pgyer.</source>
        <translation>查看应用的各个版本，安装到手机，并决定向用户提供哪一个。本程序是蒲公英的非官方客户端。</translation>
    </message>
    <message>
        <source>Try the demo</source>
        <translation>试用演示</translation>
    </message>
    <message>
        <source>Welcome to Pgyer Desktop</source>
        <translation>欢迎使用 Pgyer Desktop</translation>
    </message>
</context>
<context>
    <name>WindowActions</name>
    <message>
        <source>&amp;Build</source>
        <translation>版本(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
</context>
<context>
    <name>_Folder</name>
    <message>
        <source>Open folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>Open folder: {folder}</source>
        <translation>打开文件夹：{folder}</translation>
    </message>
    <message>
        <source>There is nothing in it yet.</source>
        <translation>还没有这个文件夹。</translation>
    </message>
</context>
<context>
    <name>_LanguageChoice</name>
    <message>
        <source>A change is under way. Wait until it has ended.</source>
        <translation>有更改正在进行，请等它完成。</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Restart now</source>
        <translation>立即重新启动</translation>
    </message>
    <message>
        <source>System</source>
        <comment>the system&apos;s language</comment>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>The language changes the next time the program is started.</source>
        <translation>下次启动程序时更改语言。</translation>
    </message>
</context>
<context>
    <name>account_flow</name>
    <message>
        <source>The app could not be added.</source>
        <translation>无法添加应用。</translation>
    </message>
    <message>
        <source>The key could not be kept.</source>
        <translation>无法保存密钥。</translation>
    </message>
    <message>
        <source>Your accounts could not be looked for.</source>
        <translation>无法查找您的账号。</translation>
    </message>
    <message>
        <source>{account} was not removed, because its key could not be taken out of {vault}. Unlock {vault} and try again.</source>
        <translation>未移除“{account}”，因为无法从{vault}中取出它的密钥。请解锁{vault}后重试。</translation>
    </message>
</context>
<context>
    <name>actions</name>
    <message>
        <source>A change is still under way.</source>
        <translation>仍有更改正在进行。</translation>
    </message>
    <message>
        <source>A change of this build is still under way.</source>
        <translation>此版本的更改仍在进行。</translation>
    </message>
    <message>
        <source>About Pgyer Desktop</source>
        <translation>关于 Pgyer Desktop</translation>
    </message>
    <message>
        <source>Accessibility</source>
        <translation>无障碍</translation>
    </message>
    <message>
        <source>Accounts…</source>
        <translation>账号…</translation>
    </message>
    <message>
        <source>Activity</source>
        <translation>操作记录</translation>
    </message>
    <message>
        <source>Add app by key…</source>
        <translation>通过 App Key 添加应用…</translation>
    </message>
    <message>
        <source>All builds</source>
        <translation>全部版本</translation>
    </message>
    <message>
        <source>All builds are in one list.</source>
        <translation>全部版本都在一个列表中。</translation>
    </message>
    <message>
        <source>Builds of this app are being deleted already. See Jobs.</source>
        <translation>此应用已有版本正在删除，请查看“任务”。</translation>
    </message>
    <message>
        <source>Check for updates</source>
        <translation>检查程序更新</translation>
    </message>
    <message>
        <source>Check update…</source>
        <translation>检查更新…</translation>
    </message>
    <message>
        <source>Choose an app first.</source>
        <translation>请先选择应用。</translation>
    </message>
    <message>
        <source>Clean up…</source>
        <translation>清理…</translation>
    </message>
    <message>
        <source>Clear latest…</source>
        <translation>取消最新标记…</translation>
    </message>
    <message>
        <source>Compact rows</source>
        <translation>紧凑行距</translation>
    </message>
    <message>
        <source>Compare two builds</source>
        <translation>比较两个版本</translation>
    </message>
    <message>
        <source>Connect an account first.</source>
        <translation>请先连接账号。</translation>
    </message>
    <message>
        <source>Connect an account…</source>
        <translation>连接账号…</translation>
    </message>
    <message>
        <source>Copy link</source>
        <translation>复制链接</translation>
    </message>
    <message>
        <source>Copy message</source>
        <translation>复制消息</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>删除…</translation>
    </message>
    <message>
        <source>Details panel</source>
        <translation>详情面板</translation>
    </message>
    <message>
        <source>Edit message…</source>
        <translation>编辑消息…</translation>
    </message>
    <message>
        <source>Export builds…</source>
        <translation>导出版本列表…</translation>
    </message>
    <message>
        <source>Find builds</source>
        <translation>查找版本</translation>
    </message>
    <message>
        <source>Find my accounts</source>
        <translation>找回我的账号</translation>
    </message>
    <message>
        <source>Go back to the previous latest…</source>
        <translation>恢复到上一个最新版本…</translation>
    </message>
    <message>
        <source>Go back to {build}…</source>
        <translation>恢复到 {build}…</translation>
    </message>
    <message>
        <source>Go to…</source>
        <translation>转到…</translation>
    </message>
    <message>
        <source>Group by version</source>
        <translation>按版本号分组</translation>
    </message>
    <message>
        <source>Guard rails…</source>
        <translation>防护设置…</translation>
    </message>
    <message>
        <source>It is not known which build was the latest before this one.</source>
        <translation>不知道此版本之前的最新版本是哪个。</translation>
    </message>
    <message>
        <source>It is not known yet how the last change of this build ended. Refresh to find out.</source>
        <translation>此版本上次更改的结果尚未确认。请刷新以确认。</translation>
    </message>
    <message>
        <source>Jobs</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>Next page</source>
        <translation>下一页</translation>
    </message>
    <message>
        <source>Next part of the window</source>
        <translation>窗口的下一部分</translation>
    </message>
    <message>
        <source>Open on Pgyer</source>
        <translation>在蒲公英中打开</translation>
    </message>
    <message>
        <source>Open the log&apos;s folder</source>
        <translation>打开日志文件夹</translation>
    </message>
    <message>
        <source>Pin on this computer</source>
        <translation>在本机固定</translation>
    </message>
    <message>
        <source>Previous page</source>
        <translation>上一页</translation>
    </message>
    <message>
        <source>Previous part of the window</source>
        <translation>窗口的上一部分</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation>刷新</translation>
    </message>
    <message>
        <source>Report a problem…</source>
        <translation>反馈问题…</translation>
    </message>
    <message>
        <source>Select a build first.</source>
        <translation>请先选择一个版本。</translation>
    </message>
    <message>
        <source>Select a single build.</source>
        <translation>请只选择一个版本。</translation>
    </message>
    <message>
        <source>Select at most {most} builds.</source>
        <translation>最多选择 {most} 个版本。</translation>
    </message>
    <message>
        <source>Select two builds to compare them.</source>
        <translation>请选择两个版本进行比较。</translation>
    </message>
    <message>
        <source>Set latest…</source>
        <translation>设为最新版本…</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>设置…</translation>
    </message>
    <message>
        <source>Show QR code</source>
        <translation>显示二维码</translation>
    </message>
    <message>
        <source>Show all builds first.</source>
        <translation>请先显示全部版本。</translation>
    </message>
    <message>
        <source>Switch app…</source>
        <translation>切换应用…</translation>
    </message>
    <message>
        <source>The account is still being opened. The system may be asking for its key.</source>
        <translation>账号仍在打开，系统可能正在询问是否允许读取密钥。</translation>
    </message>
    <message>
        <source>The key of this account is not here. Enter it under Accounts, or refresh to try again.</source>
        <translation>本机没有此账号的密钥。请在“账号”中输入，或刷新重试。</translation>
    </message>
    <message>
        <source>This account is read-only here. &quot;Guard rails…&quot; in the File menu changes that.</source>
        <translation>此账号在本机为只读。可在“文件”菜单的“防护设置…”中更改。</translation>
    </message>
    <message>
        <source>This build is not the latest.</source>
        <translation>此版本不是最新版本。</translation>
    </message>
    <message>
        <source>This build is the latest already.</source>
        <translation>此版本已是最新版本。</translation>
    </message>
    <message>
        <source>This is the first page.</source>
        <translation>已是第一页。</translation>
    </message>
    <message>
        <source>This is the last page.</source>
        <translation>已是最后一页。</translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation>取消固定</translation>
    </message>
    <message>
        <source>Update checks…</source>
        <translation>更新检查…</translation>
    </message>
    <message>
        <source>What shows was read earlier. Refresh before you change anything.</source>
        <translation>现在显示的是之前读取的内容。请先刷新，再做更改。</translation>
    </message>
</context>
<context>
    <name>app</name>
    <message>
        <source>Demo</source>
        <translation>演示</translation>
    </message>
    <message>
        <source>Other people who use this computer can look into the folder {folder}. It is yours and is left as it is; what the program writes there only you can read. Close the folder to others if they should not see it at all.</source>
        <translation>使用这台电脑的其他人可以查看文件夹 {folder}。这是您自己的文件夹，程序不会改动它；程序写入的文件只有您能读取。如果不想让他人查看，请取消他人对此文件夹的权限。</translation>
    </message>
    <message>
        <source>The program cannot start again by itself ({reason}). Close it and start it.</source>
        <translation>程序无法自行重新启动（{reason}）。请关闭后再打开。</translation>
    </message>
</context>
<context>
    <name>batch</name>
    <message numerus="yes">
        <source>%n build(s) could not be deleted.</source>
        <translation>
            <numerusform>有 %n 个版本未能删除。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n build(s) deleted.</source>
        <translation>
            <numerusform>已删除 %n 个版本。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n build(s) kept.</source>
        <translation>
            <numerusform>保留 %n 个版本。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n build(s) not begun.</source>
        <translation>
            <numerusform>有 %n 个版本尚未开始。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n build(s) were gone already.</source>
        <translation>
            <numerusform>有 %n 个版本此前已不存在。</numerusform>
        </translation>
    </message>
    <message>
        <source>Account</source>
        <translation>账号</translation>
    </message>
    <message>
        <source>App</source>
        <translation>应用</translation>
    </message>
    <message>
        <source>Begun</source>
        <translation>开始时间</translation>
    </message>
    <message>
        <source>Deleted</source>
        <translation>已删除</translation>
    </message>
    <message>
        <source>Deleted builds of an app</source>
        <translation>删除报告</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>结束时间</translation>
    </message>
    <message>
        <source>Gone already</source>
        <translation>已不存在</translation>
    </message>
    <message>
        <source>It belongs to another app.</source>
        <translation>属于其他应用。</translation>
    </message>
    <message>
        <source>It could not be looked at first, so nothing was sent.</source>
        <translation>未能先查看此版本，因此没有发送删除请求。</translation>
    </message>
    <message>
        <source>It is not known yet how its last change ended. It can be deleted once that is known.</source>
        <translation>上次更改的结果尚未确认，确认后即可删除。</translation>
    </message>
    <message>
        <source>It is not known yet whether it was deleted.</source>
        <translation>是否已删除尚未确认。</translation>
    </message>
    <message>
        <source>It is the latest now. Make another build the latest first.</source>
        <translation>现为最新版本。请先将其他版本设为最新版本。</translation>
    </message>
    <message>
        <source>It was gone already: deleted by somebody else meanwhile.</source>
        <translation>已不存在：期间已被其他人删除。</translation>
    </message>
    <message>
        <source>It was interrupted and not deleted.</source>
        <translation>操作中断，未删除。</translation>
    </message>
    <message>
        <source>It was interrupted, and it is not known yet whether it was deleted. That is found out by reading.</source>
        <translation>操作中断，是否已删除尚未确认，读取后即可确认。</translation>
    </message>
    <message>
        <source>It was interrupted. What had not begun was not deleted.</source>
        <translation>操作中断。尚未开始的没有删除。</translation>
    </message>
    <message>
        <source>It was not deleted.</source>
        <translation>未删除。</translation>
    </message>
    <message>
        <source>It was not deleted: Pgyer still has it.</source>
        <translation>未删除：蒲公英上仍有此版本。</translation>
    </message>
    <message>
        <source>It was not found among the builds of this app any more.</source>
        <translation>在此应用的版本中已找不到。</translation>
    </message>
    <message>
        <source>It was stopped.</source>
        <translation>已停止。</translation>
    </message>
    <message>
        <source>Kept</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Not begun</source>
        <translation>未开始</translation>
    </message>
    <message>
        <source>Not deleted</source>
        <translation>未删除</translation>
    </message>
    <message>
        <source>Not known yet</source>
        <translation>尚未确认</translation>
    </message>
    <message>
        <source>Not known yet, found out by reading</source>
        <translation>尚未确认，读取后即可确认</translation>
    </message>
    <message>
        <source>Nothing more was sent. {reason}</source>
        <translation>没有再发送任何请求。{reason}</translation>
    </message>
    <message numerus="yes">
        <source>Of %n build(s) it is not known yet whether they were deleted. That is found out by reading.</source>
        <translation>
            <numerusform>有 %n 个版本是否已删除尚未确认，读取后即可确认。</numerusform>
        </translation>
    </message>
    <message>
        <source>Pgyer could not be read for several builds in a row. What had not begun was not deleted; go on when it can be reached again.</source>
        <translation>连续多个版本都无法从蒲公英读取。尚未开始的没有删除，请在恢复连接后继续。</translation>
    </message>
    <message>
        <source>Pgyer has had too many requests within the hour ({code}). What had not begun was not deleted; wait a while before going on.</source>
        <translation>一小时内对蒲公英的请求过多（{code}）。尚未开始的没有删除，请等一段时间再继续。</translation>
    </message>
    <message>
        <source>Pgyer said that it was deleted, but still has it. Look again in a minute.</source>
        <translation>蒲公英回复已删除，但上面仍有它。请稍后再查看。</translation>
    </message>
    <message>
        <source>Pgyer was still busy after several pauses. What had not begun was not deleted; go on later.</source>
        <translation>等待多次后蒲公英仍然繁忙。尚未开始的没有删除，请稍后继续。</translation>
    </message>
    <message>
        <source>Some endings could not be written into the journal yet. {reason}</source>
        <translation>部分结果尚未写入操作记录。{reason}</translation>
    </message>
    <message>
        <source>Space freed</source>
        <translation>已释放空间</translation>
    </message>
    <message>
        <source>The plan does not delete it.</source>
        <translation>不在计划删除之列。</translation>
    </message>
    <message>
        <source>The queue of deletes ended early.</source>
        <translation>删除任务提前结束了。</translation>
    </message>
    <message>
        <source>Under way</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>What had not begun was not deleted.</source>
        <translation>尚未开始的没有删除。</translation>
    </message>
    <message numerus="yes">
        <source>without %n build(s) of unknown size</source>
        <translation>
            <numerusform>不含大小未知的 %n 个版本</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>browser</name>
    <message>
        <source>No browser opened the page. Its address: {link}</source>
        <translation>没有浏览器可以打开该页面，网址是：{link}</translation>
    </message>
    <message>
        <source>No program opened the folder {link}</source>
        <translation>没有程序可以打开该文件夹：{link}</translation>
    </message>
</context>
<context>
    <name>build_export</name>
    <message>
        <source>Build Key</source>
        <translation>Build Key</translation>
    </message>
    <message>
        <source>Build number</source>
        <translation>构建号</translation>
    </message>
    <message>
        <source>Builds</source>
        <comment>name of a sheet</comment>
        <translation>版本</translation>
    </message>
    <message>
        <source>Downloads</source>
        <translation>下载次数</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Icon key</source>
        <translation>图标 Key</translation>
    </message>
    <message>
        <source>Identifier</source>
        <translation>包名</translation>
    </message>
    <message>
        <source>Latest</source>
        <translation>最新版本</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>No</source>
        <translation>否</translation>
    </message>
    <message>
        <source>Pgyer build</source>
        <translation>蒲公英构建号</translation>
    </message>
    <message>
        <source>Platform</source>
        <translation>平台</translation>
    </message>
    <message>
        <source>Release notes</source>
        <translation>更新说明</translation>
    </message>
    <message>
        <source>Size in bytes</source>
        <translation>大小（字节）</translation>
    </message>
    <message>
        <source>Uploaded</source>
        <translation>上传时间</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本号</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>是</translation>
    </message>
</context>
<context>
    <name>builds_page</name>
    <message>
        <source>The builds of {app} are still being read. Export them once they show.</source>
        <translation>{app} 的版本仍在读取中，请等列表显示后再导出。</translation>
    </message>
</context>
<context>
    <name>buttons</name>
    <message>
        <source>Clear search</source>
        <translation>清除搜索</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
</context>
<context>
    <name>changes</name>
    <message>
        <source>Nothing can be deleted of what is selected.</source>
        <translation>所选版本目前都不能删除。</translation>
    </message>
    <message>
        <source>Nothing was changed: {app} is no longer open. Open it again and repeat it.</source>
        <translation>没有作任何更改：{app} 已不再打开。请重新打开它，再操作一次。</translation>
    </message>
    <message>
        <source>Pgyer could not be reached.</source>
        <translation>无法连接蒲公英。</translation>
    </message>
    <message>
        <source>The build that was the latest before could not be read.</source>
        <translation>未能读取之前的最新版本。</translation>
    </message>
    <message>
        <source>The build that was the latest before is no longer on Pgyer.</source>
        <translation>之前的最新版本已不在蒲公英上。</translation>
    </message>
</context>
<context>
    <name>check_cases</name>
    <message>
        <source>A Pgyer build is a whole number of 18 digits at most, such as 45.</source>
        <translation>蒲公英构建号是最多 18 位的整数，例如 45。</translation>
    </message>
    <message>
        <source>A channel key is one line of {most} characters at most.</source>
        <translation>渠道 Key 只能有一行，最多 {most} 个字符。</translation>
    </message>
    <message>
        <source>A name is one line of {most} characters at most.</source>
        <translation>名称只能有一行，最多 {most} 个字符。</translation>
    </message>
    <message>
        <source>A version is one line of {most} characters at most.</source>
        <translation>版本号只能有一行，最多 {most} 个字符。</translation>
    </message>
    <message>
        <source>An app has {most} cases at most. Remove one first.</source>
        <translation>每个应用最多 {most} 个用例。请先移除一个。</translation>
    </message>
    <message>
        <source>Before: {what}</source>
        <translation>之前：{what}</translation>
    </message>
    <message>
        <source>Changed. {before}</source>
        <translation>有变化。{before}</translation>
    </message>
    <message>
        <source>Checked {time}</source>
        <translation>检查于 {time}</translation>
    </message>
    <message>
        <source>Enter a name first.</source>
        <translation>请先填写名称。</translation>
    </message>
    <message>
        <source>No build is named</source>
        <translation>没有给出版本</translation>
    </message>
    <message>
        <source>No version to compare with</source>
        <translation>没有可比较的版本号</translation>
    </message>
    <message>
        <source>Not checked</source>
        <translation>未检查</translation>
    </message>
    <message>
        <source>Not checked yet</source>
        <translation>尚未检查</translation>
    </message>
    <message>
        <source>Pgyer build #{number}</source>
        <translation>蒲公英构建号 #{number}</translation>
    </message>
    <message>
        <source>There is a case named {name} already. Choose another name.</source>
        <translation>已有名为“{name}”的用例，请换一个名称。</translation>
    </message>
    <message>
        <source>This case could not be checked.</source>
        <translation>无法检查此用例。</translation>
    </message>
    <message>
        <source>Update checks: {app}</source>
        <translation>更新检查：{app}</translation>
    </message>
    <message>
        <source>another upload of the same version</source>
        <translation>同一版本号的另一次上传</translation>
    </message>
    <message>
        <source>channel {channel}</source>
        <translation>渠道 {channel}</translation>
    </message>
    <message>
        <source>forced</source>
        <translation>强制</translation>
    </message>
    <message>
        <source>new</source>
        <translation>有更新</translation>
    </message>
    <message>
        <source>no update</source>
        <translation>无更新</translation>
    </message>
    <message>
        <source>no version</source>
        <translation>无版本号</translation>
    </message>
    <message>
        <source>not forced</source>
        <translation>非强制</translation>
    </message>
    <message>
        <source>not said whether new</source>
        <translation>未说明是否有更新</translation>
    </message>
    <message>
        <source>version {version}</source>
        <translation>版本号 {version}</translation>
    </message>
    <message>
        <source>{build} · #{number}</source>
        <translation>{build} · #{number}</translation>
    </message>
    <message>
        <source>{case} ({asked})</source>
        <translation>{case}（{asked}）</translation>
    </message>
    <message>
        <source>{first}, {second}</source>
        <comment>parts of a list</comment>
        <translation>{first}，{second}</translation>
    </message>
</context>
<context>
    <name>clean_up</name>
    <message>
        <source>Not all builds could be read, so no clean-up can be planned.</source>
        <translation>未能读取全部版本，因此无法制定清理计划。</translation>
    </message>
    <message>
        <source>This plan is of {app}. Open that app to run it; here it can only be read.</source>
        <translation>这是 {app} 的计划。请打开该应用后执行，此处只能查看。</translation>
    </message>
</context>
<context>
    <name>columns</name>
    <message>
        <source>Build</source>
        <translation>构建号</translation>
    </message>
    <message>
        <source>Build Key</source>
        <translation>Build Key</translation>
    </message>
    <message>
        <source>Downloads</source>
        <translation>下载次数</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Icon key</source>
        <translation>图标 Key</translation>
    </message>
    <message>
        <source>Identifier</source>
        <translation>包名</translation>
    </message>
    <message>
        <source>In history</source>
        <translation>历史页可见</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Pgyer</source>
        <translation>蒲公英</translation>
    </message>
    <message>
        <source>Pgyer&apos;s count of uploads</source>
        <translation>蒲公英的上传序号</translation>
    </message>
    <message>
        <source>Platform</source>
        <translation>平台</translation>
    </message>
    <message>
        <source>Release notes</source>
        <translation>更新说明</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>The developer&apos;s own count</source>
        <translation>开发者自己的编号</translation>
    </message>
    <message>
        <source>Uploaded</source>
        <translation>上传时间</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本号</translation>
    </message>
    <message>
        <source>What users see</source>
        <translation>用户看到的版本号</translation>
    </message>
    <message>
        <source>Whether Pgyer shows it on the app&apos;s history page</source>
        <translation>蒲公英是否在应用的历史页显示它</translation>
    </message>
</context>
<context>
    <name>confirmations</name>
    <message numerus="yes">
        <source>%n builds are marked latest and stay.</source>
        <translation>
            <numerusform>有 %n 个版本带最新标记，将保留。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n builds belong to another app and stay.</source>
        <translation>
            <numerusform>有 %n 个版本属于其他应用，将保留。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n builds stay: it is not known yet how their last changes ended.</source>
        <translation>
            <numerusform>有 %n 个版本上次更改的结果尚未确认，将保留。</numerusform>
        </translation>
    </message>
    <message>
        <source>Account</source>
        <translation>账号</translation>
    </message>
    <message>
        <source>Age</source>
        <translation>上传时间差</translation>
    </message>
    <message numerus="yes">
        <source>Among them are %n pinned build(s).</source>
        <translation>
            <numerusform>其中有 %n 个已固定的版本。</numerusform>
        </translation>
    </message>
    <message>
        <source>App</source>
        <translation>应用</translation>
    </message>
    <message>
        <source>Build number</source>
        <translation>构建号</translation>
    </message>
    <message>
        <source>Builds of it are being deleted. That is stopped; what has not begun stays.</source>
        <translation>正在删除该账号的版本。移除后将停止删除，尚未开始的会保留。</translation>
    </message>
    <message>
        <source>Clear latest</source>
        <translation>取消最新标记</translation>
    </message>
    <message>
        <source>Clear latest from {build}?</source>
        <translation>取消 {build} 的最新标记？</translation>
    </message>
    <message>
        <source>Close plan</source>
        <translation>关闭计划</translation>
    </message>
    <message numerus="yes">
        <source>Close the plan and lose %n choice(s)?</source>
        <translation>
            <numerusform>要关闭计划并放弃 %n 处手动选择吗？</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete %n build(s)</source>
        <translation>
            <numerusform>删除 %n 个版本</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete %n build(s)?</source>
        <translation>
            <numerusform>删除 %n 个版本？</numerusform>
        </translation>
    </message>
    <message>
        <source>Delete build</source>
        <translation>删除版本</translation>
    </message>
    <message>
        <source>Delete builds</source>
        <translation>删除版本</translation>
    </message>
    <message>
        <source>Delete {build}?</source>
        <translation>删除 {build}？</translation>
    </message>
    <message>
        <source>Deleting cannot be undone.</source>
        <translation>删除后无法恢复。</translation>
    </message>
    <message>
        <source>Go back</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Go back to {build}?</source>
        <translation>恢复到 {build}？</translation>
    </message>
    <message>
        <source>Its API key is removed from {vault}. Nothing changes on Pgyer, and the account can be connected again with its key.</source>
        <translation>它的 API Key 将从{vault}中移除。蒲公英上不会有任何更改，之后可以用 API Key 重新连接。</translation>
    </message>
    <message>
        <source>Latest now</source>
        <translation>当前最新版本</translation>
    </message>
    <message>
        <source>Not known</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>Pgyer build</source>
        <translation>蒲公英构建号</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Remove account</source>
        <translation>移除账号</translation>
    </message>
    <message>
        <source>Remove {account}?</source>
        <translation>移除“{account}”？</translation>
    </message>
    <message>
        <source>Set latest</source>
        <translation>设为最新版本</translation>
    </message>
    <message>
        <source>Set {build} as the latest?</source>
        <translation>将 {build} 设为最新版本？</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Stop and quit</source>
        <translation>停止并退出</translation>
    </message>
    <message>
        <source>Stop deleting and quit?</source>
        <translation>停止删除并退出？</translation>
    </message>
    <message>
        <source>The delete that is under way is finished first. What has not begun stays.</source>
        <translation>正在删除的版本会先处理完，尚未开始的不会删除。</translation>
    </message>
    <message numerus="yes">
        <source>This account deletes at most %n build(s) in one run, then waits for you.</source>
        <translation>
            <numerusform>此账号一次最多删除 %n 个版本，之后等您确认再继续。</numerusform>
        </translation>
    </message>
    <message>
        <source>This account is marked Production, so the version is typed.</source>
        <translation>此账号标记为生产环境，因此需要输入版本号。</translation>
    </message>
    <message>
        <source>This build is pinned on this computer.</source>
        <translation>此版本已在本机固定。</translation>
    </message>
    <message>
        <source>This is the latest build. Without it, Pgyer decides what users are offered.</source>
        <translation>这是最新版本。删除后由蒲公英决定向用户提供哪个版本。</translation>
    </message>
    <message>
        <source>Uploaded</source>
        <translation>上传时间</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本号</translation>
    </message>
    <message>
        <source>What Pgyer decides</source>
        <translation>由蒲公英决定</translation>
    </message>
    <message>
        <source>What users get</source>
        <translation>用户将得到</translation>
    </message>
    <message>
        <source>What users lose</source>
        <translation>用户将失去</translation>
    </message>
    <message>
        <source>What was chosen by hand is kept only in a plan that is saved. Nothing on Pgyer changes.</source>
        <translation>手动选择只有保存计划后才会保留。蒲公英上不会有任何改动。</translation>
    </message>
    <message>
        <source>Will be latest</source>
        <translation>将成为最新版本</translation>
    </message>
    <message>
        <source>{app} in account {account}: Pgyer then decides what users are offered. The list shows it afterwards.</source>
        <translation>账号“{account}”中的“{app}”：之后由蒲公英决定向用户提供哪个版本，列表随后会显示。</translation>
    </message>
    <message>
        <source>{app} in account {account}: users and channels that follow the latest build are offered this one from now on.</source>
        <translation>账号“{account}”中的“{app}”：今后，使用最新版本的用户和渠道将收到此版本。</translation>
    </message>
    <message>
        <source>{app}, in account {account}. Deleting cannot be undone.</source>
        <translation>账号“{account}”中的“{app}”。删除后无法恢复。</translation>
    </message>
    <message>
        <source>{build} belongs to another app and stays.</source>
        <translation>{build} 属于其他应用，将保留。</translation>
    </message>
    <message>
        <source>{build} is the latest and stays.</source>
        <translation>{build} 是最新版本，将保留。</translation>
    </message>
    <message>
        <source>{build} stays: it is not known yet how its last change ended.</source>
        <translation>{build} 上次更改的结果尚未确认，将保留。</translation>
    </message>
    <message>
        <source>{span} newer</source>
        <translation>晚 {span}</translation>
    </message>
    <message>
        <source>{span} older</source>
        <translation>早 {span}</translation>
    </message>
</context>
<context>
    <name>crashes</name>
    <message>
        <source>The program ended unexpectedly last time. What is known about it is in {file}.</source>
        <comment>a file&apos;s path</comment>
        <translation>程序上次意外退出，相关信息保存在 {file}。</translation>
    </message>
</context>
<context>
    <name>extras</name>
    <message>
        <source>About the app</source>
        <translation>应用简介</translation>
    </message>
    <message>
        <source>Downloads today</source>
        <translation>今日下载次数</translation>
    </message>
    <message>
        <source>Expires</source>
        <translation>到期时间</translation>
    </message>
    <message>
        <source>Updated</source>
        <translation>更新时间</translation>
    </message>
</context>
<context>
    <name>file_saver</name>
    <message>
        <source>{file} could not be written: {reason}. Choose another place.</source>
        <translation>无法写入 {file}：{reason}。请选择其他位置。</translation>
    </message>
    <message>
        <source>{file} was not written. {reason}</source>
        <translation>未写入 {file}。{reason}</translation>
    </message>
</context>
<context>
    <name>formatting</name>
    <message numerus="yes">
        <source>%n build(s)</source>
        <translation>
            <numerusform>%n 个版本</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n 天</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n h ago</source>
        <translation>
            <numerusform>%n 小时前</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s)</source>
        <translation>
            <numerusform>%n 小时</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s) ago</source>
        <translation>
            <numerusform>%n 小时前</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n min ago</source>
        <translation>
            <numerusform>%n 分钟前</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation>
            <numerusform>%n 分钟</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s) ago</source>
        <translation>
            <numerusform>%n 分钟前</numerusform>
        </translation>
    </message>
    <message>
        <source>, </source>
        <comment>between the parts of a row that is read out</comment>
        <translation>，</translation>
    </message>
    <message>
        <source>. </source>
        <comment>between two sentences that are read out</comment>
        <translation>。</translation>
    </message>
    <message>
        <source>China, UTC+8</source>
        <translation>中国时间，UTC+8</translation>
    </message>
    <message>
        <source>HH:mm</source>
        <comment>time of day, for QLocale</comment>
        <translation>HH:mm</translation>
    </message>
    <message>
        <source>HarmonyOS</source>
        <translation>鸿蒙</translation>
    </message>
    <message>
        <source>No</source>
        <translation>否</translation>
    </message>
    <message>
        <source>No version</source>
        <translation>无版本号</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>Unknown ({code})</source>
        <translation>未知（{code}）</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>an unknown time</source>
        <comment>behind: as of</comment>
        <translation>未知时间</translation>
    </message>
    <message>
        <source>build {number}</source>
        <translation>构建号 {number}</translation>
    </message>
    <message>
        <source>d MMM</source>
        <comment>day of this year, for QLocale</comment>
        <translation>M月d日</translation>
    </message>
    <message>
        <source>d MMM yyyy</source>
        <comment>day of another year, for QLocale</comment>
        <translation>yyyy年M月d日</translation>
    </message>
    <message>
        <source>d MMM yyyy HH:mm</source>
        <comment>date and time, for QLocale</comment>
        <translation>yyyy年M月d日 HH:mm</translation>
    </message>
    <message>
        <source>d MMM yyyy HH:mm:ss</source>
        <comment>exact date and time, for QLocale</comment>
        <translation>yyyy年M月d日 HH:mm:ss</translation>
    </message>
    <message>
        <source>just now</source>
        <translation>刚刚</translation>
    </message>
    <message>
        <source>yesterday</source>
        <translation>昨天</translation>
    </message>
    <message>
        <source>{amount} gigabytes</source>
        <translation>{amount} 吉字节</translation>
    </message>
    <message>
        <source>{amount} kilobytes</source>
        <translation>{amount} 千字节</translation>
    </message>
    <message>
        <source>{amount} megabytes</source>
        <translation>{amount} 兆字节</translation>
    </message>
    <message>
        <source>{count} bytes</source>
        <translation>{count} 字节</translation>
    </message>
    <message>
        <source>{first} – {last}</source>
        <comment>from one day to another</comment>
        <translation>{first} – {last}</translation>
    </message>
    <message>
        <source>{time} ({zone})</source>
        <translation>{time}（{zone}）</translation>
    </message>
</context>
<context>
    <name>goto</name>
    <message>
        <source>Actions</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Apps</source>
        <translation>应用</translation>
    </message>
    <message>
        <source>Builds</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Density of the rows</source>
        <translation>行高</translation>
    </message>
    <message>
        <source>Folder of the cache</source>
        <translation>缓存文件夹</translation>
    </message>
    <message>
        <source>Folder of the log</source>
        <translation>日志文件夹</translation>
    </message>
    <message>
        <source>Folder of the settings</source>
        <translation>设置文件夹</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Look for newer versions of this program</source>
        <translation>检查本程序的新版本</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>This build is no longer known.</source>
        <translation>此版本已不在已知的版本中。</translation>
    </message>
</context>
<context>
    <name>handover</name>
    <message>
        <source>App</source>
        <translation>应用</translation>
    </message>
    <message>
        <source>Build number</source>
        <translation>构建号</translation>
    </message>
    <message>
        <source>Line {line}, character {column}</source>
        <translation>第 {line} 行第 {column} 个字符</translation>
    </message>
    <message>
        <source>Link to this build</source>
        <translation>此版本的链接</translation>
    </message>
    <message>
        <source>Nothing that the text asks for is known about this build, so the message is empty.</source>
        <translation>文本所需的信息，此版本一项也没有，因此消息为空。</translation>
    </message>
    <message>
        <source>Pgyer build</source>
        <translation>蒲公英构建号</translation>
    </message>
    <message>
        <source>Platform</source>
        <translation>平台</translation>
    </message>
    <message>
        <source>Release notes</source>
        <translation>更新说明</translation>
    </message>
    <message>
        <source>Short link, always the latest</source>
        <translation>短链接（始终为最新版本）</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>The message has more than {most} characters. Shorten the text.</source>
        <translation>消息超过 {most} 个字符。请缩短文本。</translation>
    </message>
    <message>
        <source>The text has {count} characters; {most} are allowed. Shorten it.</source>
        <translation>文本有 {count} 个字符，最多 {most} 个。请缩短。</translation>
    </message>
    <message>
        <source>There is no text. Write one, or use the built-in one.</source>
        <translation>还没有文本。请填写，或使用内置文本。</translation>
    </message>
    <message>
        <source>Today&apos;s date</source>
        <translation>今天的日期</translation>
    </message>
    <message>
        <source>Upload time</source>
        <translation>上传时间</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本号</translation>
    </message>
    <message>
        <source>{where}: there is no place {place}. Insert one from the list.</source>
        <translation>{where}：没有 {place} 这个占位符。请从列表中插入。</translation>
    </message>
    <message>
        <source>{where}: there is no place {place}. Is {other} meant?</source>
        <translation>{where}：没有 {place} 这个占位符。是否应为 {other}？</translation>
    </message>
    <message>
        <source>{where}: this looks like a key, a password or a signed link. Others will read the message: take it out.</source>
        <translation>{where}：这里像是密钥、密码或带签名的链接。消息会给他人看，请将其删除。</translation>
    </message>
    <message>
        <source>{where}: this {brace} closes nothing. Write {double} where a brace is meant.</source>
        <translation>{where}：这个 {brace} 没有对应的左括号。若要写大括号本身，请写 {double}。</translation>
    </message>
    <message>
        <source>{where}: this {brace} is not closed. Write {double} where a brace is meant.</source>
        <translation>{where}：这个 {brace} 没有闭合。若要写大括号本身，请写 {double}。</translation>
    </message>
</context>
<context>
    <name>help</name>
    <message>
        <source>Licence</source>
        <translation>许可证</translation>
    </message>
    <message>
        <source>System</source>
        <translation>系统</translation>
    </message>
</context>
<context>
    <name>history</name>
    <message>
        <source>Another program is using the history on this computer ({detail}). What was read before shows; close that program, then refresh.</source>
        <translation>本机的历史记录正被其他程序占用（{detail}）。现在显示的是之前读取的内容；请关闭该程序，然后刷新。</translation>
    </message>
    <message>
        <source>Another program is using the history {file}. What is on the disk shows, and what is read now is kept until the program is closed. Close the other program and start this one again.</source>
        <translation>历史记录 {file} 正被其他程序占用。现在显示的是磁盘上已有的内容，新读取的内容仅保留到退出程序。请关闭该程序，然后重新启动本程序。</translation>
    </message>
    <message>
        <source>The history on this computer cannot be used ({detail}).</source>
        <translation>本机的历史记录无法使用（{detail}）。</translation>
    </message>
    <message>
        <source>The history on this computer cannot be written ({detail}). Check who may read and write its folder.</source>
        <translation>无法写入本机的历史记录（{detail}）。请检查其文件夹的读写权限。</translation>
    </message>
    <message>
        <source>The history on this computer is damaged ({detail}). Restart the program to begin a new one.</source>
        <translation>本机的历史记录已损坏（{detail}）。请重新启动本程序，届时会新建历史记录。</translation>
    </message>
    <message>
        <source>The history was damaged. It was kept as {file}, and a new one has been started.</source>
        <translation>历史记录已损坏，已保留为 {file}，并新建了历史记录。</translation>
    </message>
    <message>
        <source>The history {file} cannot be used ({detail}). What is read now is kept until the program is closed.</source>
        <translation>历史记录 {file} 无法使用（{detail}）。新读取的内容仅保留到退出程序。</translation>
    </message>
    <message>
        <source>The history {file} was written by a newer version of this program. It is left as it is, and what is read now is kept until the program is closed. Update the program.</source>
        <translation>历史记录 {file} 由更新版本的程序写入，将保持原样；新读取的内容仅保留到退出程序。请更新本程序。</translation>
    </message>
    <message>
        <source>There is no room for the history on this computer ({detail}). Free some space.</source>
        <translation>磁盘空间不足，无法保存历史记录（{detail}）。请清理磁盘空间。</translation>
    </message>
</context>
<context>
    <name>history_flow</name>
    <message numerus="yes">
        <source>%n page(s) could not be read.</source>
        <translation>
            <numerusform>有 %n 页无法读取。</numerusform>
        </translation>
    </message>
    <message>
        <source>Not all builds could be read.</source>
        <translation>未能读取全部版本。</translation>
    </message>
</context>
<context>
    <name>jobs</name>
    <message numerus="yes">
        <source>%n min left</source>
        <translation>
            <numerusform>剩余 %n 分钟</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n s left</source>
        <translation>
            <numerusform>剩余 %n 秒</numerusform>
        </translation>
    </message>
    <message>
        <source>Deleting {done} of {total}</source>
        <translation>正在删除 {done}/{total}</translation>
    </message>
    <message>
        <source>First open the account {account}: what is left belongs to it.</source>
        <translation>请先打开账号“{account}”：其余版本属于该账号。</translation>
    </message>
    <message>
        <source>It has been pinned meanwhile.</source>
        <translation>在此期间它已被固定。</translation>
    </message>
    <message>
        <source>Paused at {done} of {total}</source>
        <translation>已暂停 {done}/{total}</translation>
    </message>
    <message>
        <source>Pgyer is busy; goes on at {time}</source>
        <translation>蒲公英繁忙，将于 {time} 继续</translation>
    </message>
    <message>
        <source>Stopping after {done} of {total}</source>
        <translation>正在停止 {done}/{total}</translation>
    </message>
    <message>
        <source>The account has been made read-only meanwhile.</source>
        <translation>在此期间账号已设为只读。</translation>
    </message>
    <message>
        <source>{app}: {how}</source>
        <translation>{app}：{how}</translation>
    </message>
    <message>
        <source>{done} of {total} deleted</source>
        <translation>已删除 {done}/{total}</translation>
    </message>
    <message>
        <source>“Delete the rest…” in Jobs asks about them again.</source>
        <translation>如需删除，请在“任务”中选择“删除其余版本…”，会再次询问。</translation>
    </message>
</context>
<context>
    <name>journal</name>
    <message numerus="yes">
        <source>%n line(s) of the journal {file} cannot be read.</source>
        <translation>
            <numerusform>操作记录 {file} 有 %n 行无法读取。</numerusform>
        </translation>
    </message>
    <message>
        <source>A gateway replied instead of Pgyer</source>
        <translation>响应来自网关而非蒲公英</translation>
    </message>
    <message>
        <source>A web page came instead of a reply</source>
        <translation>收到的是网页而非响应</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>账号</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>Activity</source>
        <comment>name of a sheet</comment>
        <translation>操作记录</translation>
    </message>
    <message>
        <source>Another error</source>
        <translation>其他错误</translation>
    </message>
    <message>
        <source>Another program is using the journal {file}. Close other windows of this program that do not answer, then try again.</source>
        <translation>操作记录 {file} 正被其他程序占用。请关闭本程序没有响应的其他窗口，然后重试。</translation>
    </message>
    <message>
        <source>App</source>
        <translation>应用</translation>
    </message>
    <message>
        <source>App Key</source>
        <translation>App Key</translation>
    </message>
    <message>
        <source>Build Key</source>
        <translation>Build Key</translation>
    </message>
    <message>
        <source>Build number</source>
        <translation>构建号</translation>
    </message>
    <message>
        <source>Clear latest</source>
        <translation>取消最新标记</translation>
    </message>
    <message>
        <source>Contradicted</source>
        <translation>结果不符</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>Downloads</source>
        <translation>下载次数</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Icon key</source>
        <translation>图标 Key</translation>
    </message>
    <message>
        <source>Identifier</source>
        <translation>包名</translation>
    </message>
    <message>
        <source>Intended</source>
        <translation>预期结果</translation>
    </message>
    <message>
        <source>Is deleted</source>
        <translation>已删除</translation>
    </message>
    <message>
        <source>Is not the latest</source>
        <translation>不是最新版本</translation>
    </message>
    <message>
        <source>Is the latest</source>
        <translation>是最新版本</translation>
    </message>
    <message>
        <source>It could not be written down first</source>
        <translation>事先未能写入操作记录</translation>
    </message>
    <message>
        <source>It is not known yet whether the change was made. That is found out as soon as the builds of this app can be read; until then this build is not changed again.</source>
        <translation>更改是否完成尚未确认。一旦可以读取此应用的版本即会确认，在此之前不会再更改此版本。</translation>
    </message>
    <message>
        <source>Known since</source>
        <translation>确认时间</translation>
    </message>
    <message>
        <source>Latest afterwards</source>
        <translation>之后的最新版本</translation>
    </message>
    <message>
        <source>Latest before</source>
        <translation>之前的最新版本</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>No reply in time</source>
        <translation>响应超时</translation>
    </message>
    <message>
        <source>None</source>
        <comment>no build is the latest</comment>
        <translation>无</translation>
    </message>
    <message>
        <source>Not done</source>
        <translation>未完成</translation>
    </message>
    <message>
        <source>Not known</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Pgyer build</source>
        <translation>蒲公英构建号</translation>
    </message>
    <message>
        <source>Pgyer could not be reached</source>
        <translation>无法连接蒲公英</translation>
    </message>
    <message>
        <source>Pgyer did not accept the API key</source>
        <translation>蒲公英不接受此 API Key</translation>
    </message>
    <message>
        <source>Pgyer did not find it</source>
        <translation>蒲公英找不到它</translation>
    </message>
    <message>
        <source>Pgyer made the change, and reading the builds afterwards confirmed it.</source>
        <translation>蒲公英已接受更改，随后读取的结果也已确认。</translation>
    </message>
    <message>
        <source>Pgyer refused</source>
        <translation>蒲公英拒绝了请求</translation>
    </message>
    <message>
        <source>Pgyer said that the change was made, but reading afterwards showed otherwise.</source>
        <translation>蒲公英回复更改已完成，但随后读取的结果并非如此。</translation>
    </message>
    <message>
        <source>Pgyer&apos;s code</source>
        <translation>蒲公英错误码</translation>
    </message>
    <message>
        <source>Pgyer&apos;s message</source>
        <translation>蒲公英返回的消息</translation>
    </message>
    <message>
        <source>Platform</source>
        <translation>平台</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>记录编号</translation>
    </message>
    <message>
        <source>Redirected to another address</source>
        <translation>被重定向到其他地址</translation>
    </message>
    <message>
        <source>Release notes</source>
        <translation>更新说明</translation>
    </message>
    <message>
        <source>Set latest</source>
        <translation>设为最新版本</translation>
    </message>
    <message>
        <source>Size in bytes</source>
        <translation>大小（字节）</translation>
    </message>
    <message>
        <source>Stopped before it was sent</source>
        <translation>发送前已停止</translation>
    </message>
    <message>
        <source>The address cannot be used</source>
        <translation>地址无法使用</translation>
    </message>
    <message>
        <source>The address was not found</source>
        <translation>找不到地址</translation>
    </message>
    <message>
        <source>The change is under way.</source>
        <translation>更改正在进行。</translation>
    </message>
    <message>
        <source>The change was not made.</source>
        <translation>更改未完成。</translation>
    </message>
    <message>
        <source>The connection broke off</source>
        <translation>连接中断</translation>
    </message>
    <message>
        <source>The connection was not secure</source>
        <translation>连接不安全</translation>
    </message>
    <message>
        <source>The journal {file} cannot be read ({detail}). Nothing can be changed until it can: check who may read and write it.</source>
        <translation>无法读取操作记录 {file}（{detail}），在此之前不能做任何更改。请检查文件的读写权限。</translation>
    </message>
    <message>
        <source>The journal {file} cannot be written ({detail}). Check the disk it is on.</source>
        <translation>无法写入操作记录 {file}（{detail}）。请检查所在磁盘。</translation>
    </message>
    <message>
        <source>The journal {file} cannot be written ({detail}). Check who may read and write it, then try again.</source>
        <translation>无法写入操作记录 {file}（{detail}）。请检查文件的读写权限后重试。</translation>
    </message>
    <message>
        <source>The journal {file} was written by a newer version of this program, and this version adds nothing to it. Update the program.</source>
        <translation>操作记录 {file} 由更新版本的程序写入，此版本不会写入任何内容。请更新本程序。</translation>
    </message>
    <message>
        <source>The journal {file} was written by a newer version of this program. It is left as it is, and nothing can be changed with this version. Update the program.</source>
        <translation>操作记录 {file} 由更新版本的程序写入，将保持原样，用此版本不能做任何更改。请更新本程序。</translation>
    </message>
    <message>
        <source>The proxy cannot be used</source>
        <translation>代理无法使用</translation>
    </message>
    <message>
        <source>The proxy could not be reached</source>
        <translation>无法连接代理</translation>
    </message>
    <message>
        <source>The proxy refused</source>
        <translation>代理拒绝连接</translation>
    </message>
    <message>
        <source>The proxy required a sign-in</source>
        <translation>代理要求登录</translation>
    </message>
    <message>
        <source>The reply was not understood</source>
        <translation>无法识别响应</translation>
    </message>
    <message>
        <source>The reply was too large</source>
        <translation>响应过大</translation>
    </message>
    <message>
        <source>There is no room for the journal {file} ({detail}). Free some space, then try again.</source>
        <translation>磁盘空间不足，无法写入操作记录 {file}（{detail}）。请清理磁盘空间后重试。</translation>
    </message>
    <message>
        <source>Too many requests within the hour</source>
        <translation>一小时内请求过多</translation>
    </message>
    <message>
        <source>Under way</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>Uploaded</source>
        <translation>上传时间</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本号</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>the line is not in the file</source>
        <translation>文件中没有写入的内容</translation>
    </message>
    <message>
        <source>{skipped} What is in there stays in the file, but does not show in Activity.</source>
        <translation>{skipped}其中的内容会保留，但不在“操作记录”中显示。</translation>
    </message>
</context>
<context>
    <name>keystore</name>
    <message>
        <source>The Keychain</source>
        <comment>of macOS, at the start of a sentence</comment>
        <translation>钥匙串</translation>
    </message>
    <message>
        <source>The keyring</source>
        <comment>of other systems, at the start of a sentence</comment>
        <translation>密钥环</translation>
    </message>
    <message>
        <source>Windows Credential Manager</source>
        <translation>凭据管理器</translation>
    </message>
    <message>
        <source>the Keychain</source>
        <comment>of macOS</comment>
        <translation>钥匙串</translation>
    </message>
    <message>
        <source>the keyring</source>
        <comment>of other systems</comment>
        <translation>密钥环</translation>
    </message>
</context>
<context>
    <name>listing</name>
    <message>
        <source>Build</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Downloads</source>
        <translation>下载次数</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Uploaded</source>
        <translation>上传时间</translation>
    </message>
</context>
<context>
    <name>logs</name>
    <message>
        <source>The program cannot keep a log in {folder}: {reason}. Everything else works as usual.</source>
        <translation>无法在 {folder} 中保存日志：{reason}。其他功能不受影响。</translation>
    </message>
</context>
<context>
    <name>messages</name>
    <message>
        <source>A gateway on the way to {host} answered instead of Pgyer (status {status}).</source>
        <translation>响应来自前往 {host} 途中的网关，而不是蒲公英（状态码 {status}）。</translation>
    </message>
    <message>
        <source>A proxy on the way to {host} requires a sign-in (status {status}).</source>
        <translation>前往 {host} 途中的代理要求登录（状态码 {status}）。</translation>
    </message>
    <message>
        <source>A web page came from {host} where data was expected (status {status}). It may be a gateway&apos;s, or that of a network that asks to sign in.</source>
        <translation>{host} 返回的是网页而不是数据（状态码 {status}）。它可能来自网关，或来自要求登录的网络。</translation>
    </message>
    <message>
        <source>Ask whoever runs it to allow this, or change the system&apos;s proxy settings, then try again.</source>
        <translation>请让代理的管理者放行，或修改系统的代理设置，然后重试。</translation>
    </message>
    <message>
        <source>Check the computer&apos;s clock, and whether a proxy stands in between.</source>
        <translation>请检查电脑的时间是否正确，以及是否经过代理。</translation>
    </message>
    <message>
        <source>Check the network connection, and a VPN or proxy if there is one.</source>
        <translation>请检查网络连接，以及 VPN 或代理（如有）。</translation>
    </message>
    <message>
        <source>Check the network connection.</source>
        <translation>请检查网络连接。</translation>
    </message>
    <message>
        <source>Correct or remove it and try again, or keep the key only until the program is closed.</source>
        <comment>a configuration</comment>
        <translation>请更正或删除该配置后重试，或将密钥仅保留到退出程序。</translation>
    </message>
    <message>
        <source>Enter a user name and password in the proxy settings, or sign in to the network.</source>
        <translation>请在代理设置中填写用户名和密码，或登录网络。</translation>
    </message>
    <message>
        <source>If it happens again, see whether the same works on Pgyer&apos;s website.</source>
        <translation>如果再次出现，请看看在蒲公英网站上做同样的操作是否可行。</translation>
    </message>
    <message>
        <source>It could not be found out whether there is a newer version of this program.</source>
        <translation>未能查到本程序是否有新版本。</translation>
    </message>
    <message>
        <source>Nothing was changed.</source>
        <translation>没有做任何更改。</translation>
    </message>
    <message>
        <source>Open a web page to see whether the network works, then try again.</source>
        <translation>请打开一个网页确认网络正常，然后重试。</translation>
    </message>
    <message>
        <source>Pgyer answered with error {code}.</source>
        <translation>蒲公英返回错误 {code}。</translation>
    </message>
    <message>
        <source>Pgyer answered with error {code}: {message}</source>
        <translation>蒲公英返回错误 {code}：{message}</translation>
    </message>
    <message>
        <source>Pgyer answered with error {code}: {message}.</source>
        <translation>蒲公英返回错误 {code}：{message}。</translation>
    </message>
    <message>
        <source>Pgyer could not publish the build ({code}). Upload it again.</source>
        <translation>蒲公英未能发布此版本（{code}）。请重新上传。</translation>
    </message>
    <message>
        <source>Pgyer could not read the uploaded package ({code}). Check the file and upload it again.</source>
        <translation>蒲公英无法解析上传的安装包（{code}）。请检查文件后重新上传。</translation>
    </message>
    <message>
        <source>Pgyer did not receive the API key ({code}), although it was sent. A proxy or a redirect on the way removed it: check the network and the address.</source>
        <translation>API Key 已发送，但蒲公英没有收到（{code}），可能被途中的代理或重定向去掉了。请检查网络和地址。</translation>
    </message>
    <message>
        <source>Pgyer does not accept the API key ({code}). It may have been reset: enter it again.</source>
        <translation>蒲公英不接受此 API Key（{code}）。它可能已被重置，请重新输入。</translation>
    </message>
    <message>
        <source>Pgyer does not know it ({code}). It is gone, or belongs to another account. Reload the list.</source>
        <translation>蒲公英上找不到（{code}）。可能已被删除，或属于其他账号。请重新读取列表。</translation>
    </message>
    <message>
        <source>Pgyer does not know the account&apos;s owner ({code}). Check the account.</source>
        <translation>蒲公英找不到此账号的用户（{code}）。请检查账号。</translation>
    </message>
    <message>
        <source>Pgyer has had too many requests within the hour ({code}). Wait a while before trying again.</source>
        <translation>一小时内对蒲公英的请求过多（{code}）。请稍候再试。</translation>
    </message>
    <message>
        <source>Pgyer is still processing the build ({code}). Try again in a few minutes.</source>
        <translation>蒲公英仍在处理此版本（{code}）。请几分钟后重试。</translation>
    </message>
    <message>
        <source>Pgyer refused the request ({code}). Reload; if it happens again, report this problem.</source>
        <translation>蒲公英拒绝了请求（{code}）。请重新读取；如果再次出现，请反馈此问题。</translation>
    </message>
    <message>
        <source>Pgyer refused this key ({code}). It may not be the API key, or may have been reset. Copy the API key from Pgyer again.</source>
        <translation>蒲公英不接受此密钥（{code}）。它可能不是 API Key，也可能已被重置。请从蒲公英重新复制 API Key。</translation>
    </message>
    <message>
        <source>See whether the proxy runs, or change the system&apos;s proxy settings, then try again.</source>
        <translation>请确认代理正在运行，或修改系统的代理设置，然后重试。</translation>
    </message>
    <message>
        <source>Sign in to the network if it asks for that, or check the address.</source>
        <translation>如果网络要求登录，请先登录；否则请检查地址。</translation>
    </message>
    <message>
        <source>Something unexpected happened.</source>
        <translation>发生了意外情况。</translation>
    </message>
    <message>
        <source>The address {address} cannot be used: {reason}.</source>
        <translation>不能使用地址 {address}：{reason}。</translation>
    </message>
    <message>
        <source>The address {host} was not found.</source>
        <translation>找不到地址 {host}。</translation>
    </message>
    <message>
        <source>The connection to {host} broke off before the reply was complete.</source>
        <translation>与 {host} 的连接中断，响应没有接收完整。</translation>
    </message>
    <message>
        <source>The connection to {host} is not secure ({detail}).</source>
        <translation>与 {host} 的连接不安全（{detail}）。</translation>
    </message>
    <message>
        <source>The connection to {host} is not secure.</source>
        <translation>与 {host} 的连接不安全。</translation>
    </message>
    <message>
        <source>The environment variable {setting} names the proxy {proxy}, which cannot be used: set it to an HTTP or SOCKS 5 proxy, or remove it, then start the program again.</source>
        <translation>环境变量 {setting} 指定的代理 {proxy} 无法使用。请将它改为 HTTP 或 SOCKS 5 代理，或删除它，然后重新启动本程序。</translation>
    </message>
    <message>
        <source>The file is larger than the plan allows ({code}). Upgrade the plan at Pgyer.</source>
        <translation>文件超过套餐允许的大小（{code}）。请在蒲公英升级套餐。</translation>
    </message>
    <message>
        <source>The key could not be checked.</source>
        <translation>无法验证密钥。</translation>
    </message>
    <message>
        <source>The list is read again automatically until that is known.</source>
        <translation>程序会自动重新读取列表，直到确认为止。</translation>
    </message>
    <message>
        <source>The plan&apos;s downloads are used up ({code}). Upgrade the plan at Pgyer.</source>
        <translation>套餐的下载次数已用完（{code}）。请在蒲公英升级套餐。</translation>
    </message>
    <message>
        <source>The plan&apos;s number of apps is used up ({code}). Remove apps or upgrade the plan at Pgyer.</source>
        <translation>套餐的应用数量已用完（{code}）。请移除应用，或在蒲公英升级套餐。</translation>
    </message>
    <message>
        <source>The program left out something that Pgyer needs ({code}). Report this problem.</source>
        <translation>程序发出的请求缺少必要的内容（{code}）。请反馈此问题。</translation>
    </message>
    <message>
        <source>The proxy {proxy} refuses to connect to {host} ({detail}).</source>
        <translation>代理 {proxy} 拒绝连接 {host}（{detail}）。</translation>
    </message>
    <message>
        <source>The proxy {proxy} requires a sign-in ({detail}), so {host} was not asked.</source>
        <translation>代理 {proxy} 要求登录（{detail}），因此没有向 {host} 发出请求。</translation>
    </message>
    <message>
        <source>The reply from {host} could not be understood.</source>
        <translation>无法识别 {host} 的响应。</translation>
    </message>
    <message>
        <source>The reply from {host} is too large to be real and was not read.</source>
        <translation>{host} 的响应异常庞大，未予读取。</translation>
    </message>
    <message>
        <source>The search term is too short for Pgyer ({code}). Use a longer one.</source>
        <translation>搜索词太短，蒲公英不接受（{code}）。请换一个更长的。</translation>
    </message>
    <message>
        <source>This computer&apos;s settings name the proxy {proxy}, which cannot be used: change the system&apos;s proxy settings to an HTTP or SOCKS 5 proxy, or take Pgyer out of them, then try again.</source>
        <translation>本机设置中的代理 {proxy} 无法使用。请在系统的代理设置中改用 HTTP 或 SOCKS 5 代理，或让蒲公英不经过代理，然后重试。</translation>
    </message>
    <message>
        <source>Today&apos;s downloads are used up ({code}). Wait until tomorrow or upgrade the plan at Pgyer.</source>
        <translation>今天的下载次数已用完（{code}）。请等到明天，或在蒲公英升级套餐。</translation>
    </message>
    <message>
        <source>Try again in a moment.</source>
        <translation>请稍后重试。</translation>
    </message>
    <message>
        <source>Try again later.</source>
        <translation>请稍后重试。</translation>
    </message>
    <message>
        <source>Try again; if it happens again, a newer version of this program may be needed.</source>
        <translation>请重试；如果再次出现，可能需要更新本程序。</translation>
    </message>
    <message>
        <source>Trying again ({attempt} of {attempts})…</source>
        <translation>正在重试（第 {attempt} 次，共 {attempts} 次）…</translation>
    </message>
    <message>
        <source>an address begins with https:// and names a host</source>
        <translation>地址须以 https:// 开头并包含主机名</translation>
    </message>
    <message>
        <source>an address has no user name, query or fragment</source>
        <translation>地址不能含用户名、查询参数或片段</translation>
    </message>
    <message>
        <source>it broke off the connection</source>
        <translation>代理中断了连接</translation>
    </message>
    <message>
        <source>its answer could not be understood</source>
        <translation>无法识别代理的响应</translation>
    </message>
    <message>
        <source>no answer in time</source>
        <translation>响应超时</translation>
    </message>
    <message>
        <source>not an address</source>
        <translation>不是网址</translation>
    </message>
    <message>
        <source>not an http address</source>
        <translation>不是 http 地址</translation>
    </message>
    <message>
        <source>plain http would send the key unprotected; use https</source>
        <translation>http 会以明文发送密钥，请使用 https</translation>
    </message>
    <message>
        <source>{Vault} did not do what it was asked. Try again, or keep the key only until the program is closed.</source>
        <translation>{Vault}未能完成操作。请重试，或将密钥仅保留到退出程序。</translation>
    </message>
    <message>
        <source>{Vault} is locked. Unlock it and try again, or keep the key only until the program is closed.</source>
        <translation>{Vault}已锁定。请解锁后重试，或将密钥仅保留到退出程序。</translation>
    </message>
    <message>
        <source>{Vault} is missing on this computer, so the key cannot be kept safely. It can be kept until the program is closed.</source>
        <translation>本机没有{Vault}，无法安全保存密钥。密钥可以保留到退出程序。</translation>
    </message>
    <message>
        <source>{first} {second}</source>
        <comment>two sentences</comment>
        <translation>{first}{second}</translation>
    </message>
    <message>
        <source>{host} cannot be reached through the proxy {proxy} ({detail}).</source>
        <translation>无法通过代理 {proxy} 连接 {host}（{detail}）。</translation>
    </message>
    <message>
        <source>{host} cannot be reached through the proxy {proxy}.</source>
        <translation>无法通过代理 {proxy} 连接 {host}。</translation>
    </message>
    <message>
        <source>{host} cannot be reached.</source>
        <translation>无法连接 {host}。</translation>
    </message>
    <message>
        <source>{host} did not answer in time.</source>
        <translation>{host} 响应超时。</translation>
    </message>
    <message>
        <source>{host} did not send the data that was expected (status {status}).</source>
        <translation>{host} 返回的不是所需的数据（状态码 {status}）。</translation>
    </message>
    <message>
        <source>{host} has nothing at that address (status {status}).</source>
        <translation>{host} 的这个地址上没有内容（状态码 {status}）。</translation>
    </message>
    <message>
        <source>{host} redirected the request to another address (status {status}). It was not followed, to keep the key safe.</source>
        <translation>{host} 将请求重定向到其他地址（状态码 {status}）。为保护密钥，程序没有跟随。</translation>
    </message>
    <message>
        <source>{where}, which says where keys are kept, cannot be read.</source>
        <comment>a file</comment>
        <translation>无法读取 {where}，其中指定了密钥保存在哪里。</translation>
    </message>
    <message>
        <source>{where}, which says where keys are kept, names nothing.</source>
        <translation>{where} 应指定密钥保存在哪里，但其中没有内容。</translation>
    </message>
    <message>
        <source>{where}, which says where keys are kept, names {keyring}, which cannot be used here.</source>
        <translation>{where} 指定将密钥保存在 {keyring} 中，但在此无法使用。</translation>
    </message>
</context>
<context>
    <name>promotion</name>
    <message>
        <source>Pgyer is still publishing this build. It may not install yet.</source>
        <translation>蒲公英仍在发布此版本，可能暂时无法安装。</translation>
    </message>
    <message>
        <source>The identifier changes from {now} to {then}. Devices treat it as another app.</source>
        <translation>包名从 {now} 变为 {then}，设备会视为另一个应用。</translation>
    </message>
    <message>
        <source>The platform differs from that of the latest build.</source>
        <translation>平台与当前最新版本不同。</translation>
    </message>
    <message>
        <source>The version goes down from {now} to {then}. Devices may refuse to install it.</source>
        <translation>版本号从 {now} 降至 {then}，设备可能拒绝安装。</translation>
    </message>
    <message>
        <source>This build is older than the latest one. Users would go back to it.</source>
        <translation>此版本早于当前最新版本，用户将会回退。</translation>
    </message>
</context>
<context>
    <name>recheck</name>
    <message>
        <source>It is not known yet how the last change of this build ended, here or in another window.</source>
        <translation>此版本上次更改（在此处或其他窗口中）的结果尚未确认。</translation>
    </message>
    <message>
        <source>Meanwhile Pgyer marks other builds as the latest.</source>
        <translation>在此期间，最新版本已改为其他版本。</translation>
    </message>
    <message>
        <source>Meanwhile no build is marked latest any more.</source>
        <translation>在此期间，最新标记已被取消。</translation>
    </message>
    <message>
        <source>Meanwhile this build was deleted.</source>
        <translation>在此期间，此版本已被删除。</translation>
    </message>
    <message>
        <source>Meanwhile {build} was made the latest.</source>
        <translation>在此期间，{build} 已被设为最新版本。</translation>
    </message>
</context>
<context>
    <name>reports</name>
    <message numerus="yes">
        <source>It is not known how the last change of %n build(s) ended.</source>
        <translation>
            <numerusform>有 %n 个版本上次更改的结果尚未确认。</numerusform>
        </translation>
    </message>
    <message>
        <source>It is not known whether {build} is still the latest.</source>
        <translation>{build} 是否仍为最新版本尚未确认。</translation>
    </message>
    <message>
        <source>It is not known whether {build} is the latest now.</source>
        <translation>{build} 现在是否为最新版本尚未确认。</translation>
    </message>
    <message>
        <source>It is not known whether {build} was deleted.</source>
        <translation>{build} 是否已删除尚未确认。</translation>
    </message>
    <message>
        <source>Now it is known: {told}</source>
        <translation>现已确认：{told}</translation>
    </message>
    <message>
        <source>Pgyer accepted that {build} is no longer the latest, but the list could not be read afterwards.</source>
        <translation>蒲公英已接受取消 {build} 的最新标记，但之后未能读取列表。</translation>
    </message>
    <message>
        <source>Pgyer accepted the deletion of {build}, but the list could not be read afterwards.</source>
        <translation>蒲公英已接受删除 {build}，但之后未能读取列表。</translation>
    </message>
    <message>
        <source>Pgyer accepted {build} as the latest, but the list could not be read afterwards.</source>
        <translation>蒲公英已接受将 {build} 设为最新版本，但之后未能读取列表。</translation>
    </message>
    <message>
        <source>Pgyer has accepted the change of {build}, but does not show it yet. It is read again for some seconds.</source>
        <translation>蒲公英已接受对 {build} 的更改，但尚未显示出来。程序会在几秒内反复读取。</translation>
    </message>
    <message>
        <source>Pgyer said that {build} is no longer the latest, but its list still says so. Read it again.</source>
        <translation>蒲公英回复 {build} 不再是最新版本，但列表中仍是。请重新读取。</translation>
    </message>
    <message>
        <source>Pgyer said that {build} was deleted, but its list still shows it. Read it again.</source>
        <translation>蒲公英回复已删除 {build}，但列表中仍有。请重新读取。</translation>
    </message>
    <message>
        <source>Pgyer said that {build} was set as the latest, but its list does not show that. Read it again.</source>
        <translation>蒲公英回复已将 {build} 设为最新版本，但列表中并非如此。请重新读取。</translation>
    </message>
    <message>
        <source>Read the list again to find out.</source>
        <translation>请重新读取列表以确认。</translation>
    </message>
    <message>
        <source>{build} has been deleted.</source>
        <translation>已删除 {build}。</translation>
    </message>
    <message>
        <source>{build} is no longer the latest.</source>
        <translation>{build} 不再是最新版本。</translation>
    </message>
    <message>
        <source>{build} is no longer the latest. Pgyer now offers {latest}.</source>
        <translation>{build} 不再是最新版本。蒲公英现在提供 {latest}。</translation>
    </message>
    <message>
        <source>{build} is still the latest.</source>
        <translation>{build} 仍是最新版本。</translation>
    </message>
    <message>
        <source>{build} is the latest now, verified at {time}. Before it was {before}.</source>
        <translation>{build} 现为最新版本，已于 {time} 确认。之前为 {before}。</translation>
    </message>
    <message>
        <source>{build} is the latest now.</source>
        <translation>{build} 现为最新版本。</translation>
    </message>
    <message>
        <source>{build} was not deleted.</source>
        <translation>未删除 {build}。</translation>
    </message>
    <message>
        <source>{build} was not set as the latest.</source>
        <translation>未将 {build} 设为最新版本。</translation>
    </message>
    <message>
        <source>{doing} Nothing was sent, because it could not be checked first.</source>
        <translation>{doing}未能事先核对，因此没有发送。</translation>
    </message>
    <message>
        <source>{doing} {found} Nothing was sent.</source>
        <translation>{doing}{found}没有发送。</translation>
    </message>
    <message>
        <source>{told} That could not be recorded in Activity yet. {reason}</source>
        <translation>{told}这一结果尚未写入操作记录。{reason}</translation>
    </message>
</context>
<context>
    <name>retention</name>
    <message>
        <source>, </source>
        <comment>between reasons</comment>
        <translation>，</translation>
    </message>
    <message>
        <source>, </source>
        <comment>between what is kept</comment>
        <translation>，</translation>
    </message>
    <message>
        <source>A change of it is not settled</source>
        <translation>更改结果尚未确认</translation>
    </message>
    <message>
        <source>Among the newest {number}</source>
        <translation>最近上传的 {number} 个之一</translation>
    </message>
    <message>
        <source>Chosen by hand</source>
        <translation>手动选择</translation>
    </message>
    <message>
        <source>It belongs to another app than the plan.</source>
        <translation>不属于此计划的应用。</translation>
    </message>
    <message>
        <source>It could not be found out which build is the latest now.</source>
        <translation>无法确定现在哪个是最新版本。</translation>
    </message>
    <message>
        <source>It has become the latest since the plan was made.</source>
        <translation>制定计划后已成为最新版本。</translation>
    </message>
    <message>
        <source>It has been pinned since the plan was made.</source>
        <translation>制定计划后已固定。</translation>
    </message>
    <message>
        <source>It is not known which build is the latest, so none can be safe from the clean-up. Refresh, then plan it.</source>
        <translation>不知道哪个是最新版本，无法保证它不被清理。请先刷新，再制定清理计划。</translation>
    </message>
    <message>
        <source>It is not known yet how its last change ended.</source>
        <translation>上次更改的结果尚未确认。</translation>
    </message>
    <message>
        <source>It is not known yet how the last change of {build} ended. Refresh to find out.</source>
        <translation>{build} 上次更改的结果尚未确认。请刷新以确认。</translation>
    </message>
    <message>
        <source>It is not the upload of the plan: its Pgyer build was {planned} and is {now}.</source>
        <translation>不是计划中的那次上传：蒲公英构建号原为 {planned}，现为 {now}。</translation>
    </message>
    <message>
        <source>It is not the upload of the plan: its build number was {planned} and is {now}.</source>
        <translation>不是计划中的那次上传：构建号原为 {planned}，现为 {now}。</translation>
    </message>
    <message>
        <source>It is not the upload of the plan: its size was {planned} bytes and is {now} bytes.</source>
        <translation>不是计划中的那次上传：大小原为 {planned} 字节，现为 {now} 字节。</translation>
    </message>
    <message>
        <source>It is not the upload of the plan: its version was {planned} and is {now}.</source>
        <translation>不是计划中的那次上传：版本号原为 {planned}，现为 {now}。</translation>
    </message>
    <message>
        <source>It was gone already: deleted by somebody else meanwhile.</source>
        <translation>已不存在：期间已被其他人删除。</translation>
    </message>
    <message>
        <source>Keep {what}</source>
        <translation>保留{what}</translation>
    </message>
    <message>
        <source>Kept by hand</source>
        <translation>手动保留</translation>
    </message>
    <message>
        <source>Latest</source>
        <translation>最新版本</translation>
    </message>
    <message>
        <source>More than {number} in one run</source>
        <translation>超出一次 {number} 个的上限</translation>
    </message>
    <message numerus="yes">
        <source>Newer than %n day(s)</source>
        <translation>
            <numerusform>上传不足 %n 天</numerusform>
        </translation>
    </message>
    <message>
        <source>Newest of its version</source>
        <translation>所属版本号中最近上传的一个</translation>
    </message>
    <message>
        <source>Newest of those without a version</source>
        <translation>无版本号的版本中最近上传的一个</translation>
    </message>
    <message>
        <source>Newest of version {version}</source>
        <translation>版本号 {version} 中最近上传的一个</translation>
    </message>
    <message>
        <source>No rule keeps it</source>
        <translation>没有规则要求保留</translation>
    </message>
    <message>
        <source>No rule says what to keep. Choose at least one rule.</source>
        <translation>还没有保留规则。请至少选择一条规则。</translation>
    </message>
    <message>
        <source>Not all builds of this app are known yet. Load the whole history, then plan the clean-up.</source>
        <translation>此应用的版本尚未全部读取。请先读取全部版本，再制定清理计划。</translation>
    </message>
    <message>
        <source>Nothing is to be deleted. Change the rules, or choose builds by hand.</source>
        <translation>没有要删除的版本。请更改规则，或手动选择版本。</translation>
    </message>
    <message>
        <source>Pgyer is still publishing it.</source>
        <translation>仍在发布。</translation>
    </message>
    <message>
        <source>Pinned locally</source>
        <translation>已在本机固定</translation>
    </message>
    <message>
        <source>Still being published</source>
        <translation>仍在发布</translation>
    </message>
    <message>
        <source>The builds of this app changed while they were read. Load the whole history again, then plan the clean-up.</source>
        <translation>读取期间此应用的版本有变化。请重新读取全部版本，再制定清理计划。</translation>
    </message>
    <message>
        <source>The newest</source>
        <translation>最近上传的一个</translation>
    </message>
    <message>
        <source>The plan could not be saved as {file} ({detail}). Choose another place for it.</source>
        <translation>无法将计划保存为 {file}（{detail}）。请选择其他位置。</translation>
    </message>
    <message>
        <source>The plan {file} is damaged and cannot be used. Get it again as it was saved, or make a new plan.</source>
        <translation>计划 {file} 已损坏，无法使用。请重新取得保存时的文件，或制定新计划。</translation>
    </message>
    <message>
        <source>The plan {file} was changed after it was saved, so it is no longer what was agreed on. Get it again as it was saved, or make a new plan.</source>
        <translation>计划 {file} 保存后被修改过，已不是当初商定的内容。请重新取得保存时的文件，或制定新计划。</translation>
    </message>
    <message>
        <source>The plan {file} was saved by a newer version of this program. Update the program to open it.</source>
        <translation>计划 {file} 由更新版本的程序保存。请更新本程序后再打开。</translation>
    </message>
    <message>
        <source>This build is not in the plan.</source>
        <translation>此版本不在计划中。</translation>
    </message>
    <message>
        <source>Upload time not known</source>
        <translation>上传时间未知</translation>
    </message>
    <message numerus="yes">
        <source>all of the last %n day(s)</source>
        <translation>
            <numerusform>最近 %n 天上传的</numerusform>
        </translation>
    </message>
    <message>
        <source>beyond the newest {number}</source>
        <translation>不在最近上传的 {number} 个之内</translation>
    </message>
    <message>
        <source>not the newest of its version</source>
        <translation>不是所属版本号中最近上传的一个</translation>
    </message>
    <message numerus="yes">
        <source>older than %n day(s)</source>
        <translation>
            <numerusform>上传已满 %n 天</numerusform>
        </translation>
    </message>
    <message>
        <source>the newest of each version</source>
        <translation>每个版本号最近上传的一个</translation>
    </message>
    <message>
        <source>the newest {number}</source>
        <translation>最近上传的 {number} 个</translation>
    </message>
    <message>
        <source>{build} is pinned. Unpin it first, then plan the clean-up again.</source>
        <translation>{build} 已固定。请先取消固定，再重新制定清理计划。</translation>
    </message>
    <message>
        <source>{build} is still being published. Wait until Pgyer has finished, then plan the clean-up again.</source>
        <translation>{build} 仍在发布。请等蒲公英处理完成，再重新制定清理计划。</translation>
    </message>
    <message>
        <source>{build} is the latest. No plan deletes it; make another build the latest first.</source>
        <translation>{build} 是最新版本，任何清理计划都不会删除它。请先将其他版本设为最新版本。</translation>
    </message>
    <message>
        <source>{file} cannot be read ({detail}). Check that it is there, and who may read it.</source>
        <translation>无法读取 {file}（{detail}）。请检查文件是否存在以及读取权限。</translation>
    </message>
    <message>
        <source>{file} is not a clean-up plan. Choose a file that was saved as one by this program.</source>
        <translation>{file} 不是清理计划。请选择由本程序保存的计划文件。</translation>
    </message>
</context>
<context>
    <name>search</name>
    <message>
        <source>A minus cannot leave out a range. Use &lt; or &gt;.</source>
        <translation>范围不能用减号排除。请使用 &lt; 或 &gt;。</translation>
    </message>
    <message>
        <source>A part of the Build Key</source>
        <translation>Build Key 的一部分</translation>
    </message>
    <message>
        <source>After “file:” comes a word from the file name.</source>
        <translation>请写成“文件:词”，词为文件名中的词。</translation>
    </message>
    <message>
        <source>After “id:” comes a word from the identifier.</source>
        <translation>请写成“包名:词”，词为包名中的词。</translation>
    </message>
    <message>
        <source>After “is:” comes latest or publishing.</source>
        <translation>请写成“是:最新”或“是:发布中”。</translation>
    </message>
    <message>
        <source>After “key:” comes a part of the Build Key.</source>
        <translation>请写成“密钥:片段”，片段为 Build Key 的一部分。</translation>
    </message>
    <message>
        <source>After “latest:” comes yes or no.</source>
        <translation>请写成“最新:是”或“最新:否”。</translation>
    </message>
    <message>
        <source>After “name:” comes a word from the name.</source>
        <translation>请写成“名称:词”，词为名称中的词。</translation>
    </message>
    <message>
        <source>After “notes:” comes a word from the release notes.</source>
        <translation>请写成“说明:词”，词为更新说明中的词。</translation>
    </message>
    <message>
        <source>After “platform:” comes ios, android or harmony.</source>
        <translation>请写成“平台:ios”“平台:android”或“平台:鸿蒙”。</translation>
    </message>
    <message>
        <source>After “publishing:” comes yes or no.</source>
        <translation>请写成“发布中:是”或“发布中:否”。</translation>
    </message>
    <message>
        <source>All others</source>
        <translation>其他全部</translation>
    </message>
    <message>
        <source>Build number: 145, &gt;140</source>
        <translation>构建号：145、&gt;140</translation>
    </message>
    <message>
        <source>Build numbers are written like build:145 or build:&gt;140.</source>
        <translation>请写成“构建号:145”或“构建号:&gt;140”。</translation>
    </message>
    <message>
        <source>Downloads are written like downloads:&gt;10.</source>
        <translation>请写成“下载:&gt;10”。</translation>
    </message>
    <message>
        <source>Downloads: &gt;10, =0</source>
        <translation>下载次数：&gt;10、=0</translation>
    </message>
    <message>
        <source>In the last seven days</source>
        <translation>最近七天</translation>
    </message>
    <message>
        <source>In the last thirty days</source>
        <translation>最近三十天</translation>
    </message>
    <message>
        <source>Larger than that</source>
        <translation>大于此值</translation>
    </message>
    <message>
        <source>More than ninety days ago</source>
        <translation>九十天以前</translation>
    </message>
    <message>
        <source>Nothing has “{word}”. Did you mean “{near}:”?</source>
        <translation>没有找到“{word}”。您要输入的是“{near}:”吗？</translation>
    </message>
    <message>
        <source>Only this platform</source>
        <translation>仅此平台</translation>
    </message>
    <message>
        <source>Only those</source>
        <translation>仅这些</translation>
    </message>
    <message>
        <source>Pgyer&apos;s numbers are written like pgyer:45 or pgyer:&gt;40.</source>
        <translation>请写成“蒲公英:45”或“蒲公英:&gt;40”。</translation>
    </message>
    <message>
        <source>Pgyer&apos;s own number: 45, &gt;40</source>
        <translation>蒲公英构建号：45、&gt;40</translation>
    </message>
    <message>
        <source>Platform: ios, android or harmony</source>
        <translation>平台：ios、android 或鸿蒙</translation>
    </message>
    <message>
        <source>Since midnight</source>
        <translation>今天零点以来</translation>
    </message>
    <message>
        <source>Size: &gt;20MB, 10MB..20MB</source>
        <translation>大小：&gt;20MB、10MB..20MB</translation>
    </message>
    <message>
        <source>Sizes are written like size:&gt;20MB. Without a unit they are MB.</source>
        <translation>请写成“大小:&gt;20MB”。不写单位时为 MB。</translation>
    </message>
    <message>
        <source>Smaller than that</source>
        <translation>小于此值</translation>
    </message>
    <message>
        <source>Still publishing: yes or no</source>
        <translation>仍在发布：是或否</translation>
    </message>
    <message>
        <source>The latest build: yes or no</source>
        <translation>最新版本：是或否</translation>
    </message>
    <message>
        <source>There is no “{name}:”. Did you mean “{near}:”?</source>
        <translation>没有“{name}:”这个条件。您要输入的是“{near}:”吗？</translation>
    </message>
    <message>
        <source>Times are written like uploaded:&lt;30d, uploaded:&gt;2w or uploaded:2026-01-31.</source>
        <translation>请写成“上传:&lt;30天”“上传:&gt;2周”或“上传:2026-01-31”。</translation>
    </message>
    <message>
        <source>Upload: &lt;30d is younger, &gt;2w older, 2026-01 in January</source>
        <translation>上传时间：“&lt;30天”为 30 天内，“&gt;2周”为两周以前，“2026-01”为 2026 年 1 月</translation>
    </message>
    <message>
        <source>Version: 1.4, &gt;1.4, 1.4..1.6</source>
        <translation>版本号：1.4、&gt;1.4、1.4..1.6</translation>
    </message>
    <message>
        <source>Versions are written like version:1.4 or version:&gt;1.4.</source>
        <translation>请写成“版本:1.4”或“版本:&gt;1.4”。</translation>
    </message>
    <message>
        <source>Words from the file name</source>
        <translation>文件名中的词</translation>
    </message>
    <message>
        <source>Words from the identifier</source>
        <translation>包名中的词</translation>
    </message>
    <message>
        <source>Words from the name</source>
        <translation>名称中的词</translation>
    </message>
    <message>
        <source>Words from the release notes</source>
        <translation>更新说明中的词</translation>
    </message>
</context>
<context>
    <name>settings</name>
    <message>
        <source>The settings could not be saved in {folder}: {reason}. They apply until the program is closed.</source>
        <translation>无法将设置保存到 {folder}：{reason}。设置仅在退出程序前有效。</translation>
    </message>
    <message>
        <source>The settings file was damaged. It was kept as {file}, and the program starts with new settings. The keys are still in {vault}, and the program can find the accounts again.</source>
        <translation>设置文件已损坏，已保留为 {file}，程序以新的设置启动。密钥仍在{vault}中，程序可以找回账号。</translation>
    </message>
    <message>
        <source>The settings file {file} cannot be read, and nothing will be remembered this time. Check who may read it.</source>
        <translation>无法读取设置文件 {file}，本次不会保存任何设置。请检查文件的读取权限。</translation>
    </message>
    <message>
        <source>The settings file {file} has values that this version does not know; the log says which. They stay in the file, and others apply instead. Check the accounts and their guard rails.</source>
        <translation>设置文件 {file} 中有本版本不认识的值，具体见日志。它们原样保留在文件中，暂以其他值代替。请检查账号及其防护设置。</translation>
    </message>
    <message>
        <source>The settings file {file} is damaged, and nothing will be remembered this time. Move it elsewhere.</source>
        <translation>设置文件 {file} 已损坏，本次不会保存任何设置。请移走该文件。</translation>
    </message>
    <message>
        <source>The settings in {file} were written by a newer version of this program. They are left as they are, and nothing will be remembered this time. Update the program.</source>
        <translation>{file} 中的设置由更新版本的程序写入，将保持原样，本次不会保存任何设置。请更新本程序。</translation>
    </message>
</context>
<context>
    <name>state</name>
    <message>
        <source>It could not be found out which build is the latest.</source>
        <translation>无法确定哪个是最新版本。</translation>
    </message>
    <message>
        <source>The account could not be opened.</source>
        <translation>无法打开账号。</translation>
    </message>
    <message>
        <source>The builds of {app} could not be read.</source>
        <translation>无法读取“{app}”的版本。</translation>
    </message>
    <message>
        <source>The key of {account} is not here.</source>
        <translation>本机没有“{account}”的密钥。</translation>
    </message>
    <message>
        <source>The list of apps could not be read to its end.</source>
        <translation>应用列表未能读取完整。</translation>
    </message>
    <message>
        <source>The list of apps could not be read.</source>
        <translation>无法读取应用列表。</translation>
    </message>
    <message>
        <source>What was read earlier shows, and nothing can be changed.</source>
        <translation>现在显示的是之前读取的内容，不能做任何更改。</translation>
    </message>
    <message>
        <source>What was read is not kept on this computer.</source>
        <translation>读取的内容未能保存在本机。</translation>
    </message>
</context>
<context>
    <name>teller</name>
    <message>
        <source>Something that was to be done failed.</source>
        <translation>有一项操作未能完成。</translation>
    </message>
</context>
<context>
    <name>updates</name>
    <message>
        <source>Look once a day for a newer version of this program? Only {host} is asked, and only the version in use is sent. You can change this in the settings.</source>
        <translation>是否每天检查一次本程序的新版本？仅向 {host} 查询，只发送当前使用的版本号。可随时在设置中更改。</translation>
    </message>
    <message>
        <source>Version {version} of this program is available; this one is {running}.</source>
        <translation>本程序有新版本 {version}，当前版本为 {running}。</translation>
    </message>
    <message>
        <source>Version {version} of this program, of {day}, is available; this one is {running}.</source>
        <translation>本程序有新版本 {version}（{day} 发布），当前版本为 {running}。</translation>
    </message>
</context>
<context>
    <name>words</name>
    <message>
        <source>no reason was given</source>
        <translation>系统未说明原因</translation>
    </message>
</context>
<context>
    <name>workbook</name>
    <message>
        <source>… (cut here: a cell holds no more; CSV and JSON have all of it)</source>
        <translation>…（此处截断：单元格放不下更多内容；CSV 和 JSON 中有全部内容）</translation>
    </message>
</context>
</TS>
