<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>AccountFlow</name>
    <message numerus="yes">
        <source>%n account(s) are back.</source>
        <translation>
            <numerusform>%n account is back.</numerusform>
            <numerusform>%n accounts are back.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ActivityWindow</name>
    <message numerus="yes">
        <source>%n change(s)</source>
        <translation>
            <numerusform>%n change</numerusform>
            <numerusform>%n changes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Export everything listed: %n change(s)</source>
        <translation>
            <numerusform>Export everything listed: %n change</numerusform>
            <numerusform>Export everything listed: %n changes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{shown} of %n change(s)</source>
        <translation>
            <numerusform>{shown} of %n change</numerusform>
            <numerusform>{shown} of %n changes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BatchFlow</name>
    <message numerus="yes">
        <source>%n build(s) left</source>
        <translation>
            <numerusform>%n build left</numerusform>
            <numerusform>%n builds left</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BuildModel</name>
    <message numerus="yes">
        <source>%n newer than what users get</source>
        <translation>
            <numerusform>%n newer than what users get</numerusform>
            <numerusform>%n newer than what users get</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ChangeFlow</name>
    <message numerus="yes">
        <source>%n build(s) are marked latest</source>
        <translation>
            <numerusform>%n build is marked latest</numerusform>
            <numerusform>%n builds are marked latest</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ChecksFlow</name>
    <message numerus="yes">
        <source>%n case(s) checked</source>
        <translation>
            <numerusform>%n case checked</numerusform>
            <numerusform>%n cases checked</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n changed</source>
        <translation>
            <numerusform>%n changed</numerusform>
            <numerusform>%n changed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n could not be checked</source>
        <translation>
            <numerusform>%n could not be checked</numerusform>
            <numerusform>%n could not be checked</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CleanUpDialog</name>
    <message numerus="yes">
        <source>%n match; this account deletes at most {most} in one run</source>
        <translation>
            <numerusform>%n matches; this account deletes at most {most} in one run</numerusform>
            <numerusform>%n match; this account deletes at most {most} in one run</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete %n build(s)…</source>
        <translation>
            <numerusform>Delete %n build…</numerusform>
            <numerusform>Delete %n builds…</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CleanUpFlow</name>
    <message numerus="yes">
        <source>Reading all builds: {read} of %n page(s)</source>
        <translation>
            <numerusform>Reading all builds: {read} of %n page</numerusform>
            <numerusform>Reading all builds: {read} of %n pages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ClosingNotice</name>
    <message numerus="yes">
        <source>Finishing changes of %n build(s)…</source>
        <translation>
            <numerusform>Finishing changes of %n build…</numerusform>
            <numerusform>Finishing changes of %n builds…</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CrashDialog</name>
    <message numerus="yes">
        <source>%n more error(s) came up since.</source>
        <translation>
            <numerusform>%n more error came up since.</numerusform>
            <numerusform>%n more errors came up since.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ExportFlow</name>
    <message numerus="yes">
        <source>Export everything listed on this page: %n build(s)</source>
        <translation>
            <numerusform>Export everything listed on this page: %n build</numerusform>
            <numerusform>Export everything listed on this page: %n builds</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Export everything listed: %n build(s)</source>
        <translation>
            <numerusform>Export everything listed: %n build</numerusform>
            <numerusform>Export everything listed: %n builds</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Export the selection: %n build(s)</source>
        <translation>
            <numerusform>Export the selection: %n build</numerusform>
            <numerusform>Export the selection: %n builds</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Foot</name>
    <message numerus="yes">
        <source>%n build(s) on this page</source>
        <translation>
            <numerusform>%n build on this page</numerusform>
            <numerusform>%n builds on this page</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more could not be read</source>
        <translation>
            <numerusform>%n more could not be read</numerusform>
            <numerusform>%n more could not be read</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{shown} of %n build(s) on this page</source>
        <translation>
            <numerusform>{shown} of %n build on this page</numerusform>
            <numerusform>{shown} of %n builds on this page</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HistoryBar</name>
    <message numerus="yes">
        <source>%n build(s) so far</source>
        <translation>
            <numerusform>%n build so far</numerusform>
            <numerusform>%n builds so far</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n found</source>
        <translation>
            <numerusform>%n found</numerusform>
            <numerusform>%n found</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>All %n build(s)</source>
        <translation>
            <numerusform>The only build</numerusform>
            <numerusform>All %n builds</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>builds may be missing in %n place(s)</source>
        <translation>
            <numerusform>builds may be missing in %n place</numerusform>
            <numerusform>builds may be missing in %n places</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in %n build(s) so far</source>
        <translation>
            <numerusform>in %n build so far</numerusform>
            <numerusform>in %n builds so far</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in all %n build(s)</source>
        <translation>
            <numerusform>in the only build</numerusform>
            <numerusform>in all %n builds</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in {read} of %n page(s)</source>
        <translation>
            <numerusform>in {read} of %n page</numerusform>
            <numerusform>in {read} of %n pages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{read} of %n page(s) read</source>
        <translation>
            <numerusform>{read} of %n page read</numerusform>
            <numerusform>{read} of %n pages read</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{shown} of %n build(s) so far</source>
        <translation>
            <numerusform>{shown} of %n build so far</numerusform>
            <numerusform>{shown} of %n builds so far</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{shown} of all %n build(s)</source>
        <translation>
            <numerusform>{shown} of %n build</numerusform>
            <numerusform>{shown} of all %n builds</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>JobControls</name>
    <message numerus="yes">
        <source>Delete the next %n</source>
        <translation>
            <numerusform>Delete the next one</numerusform>
            <numerusform>Delete the next %n</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>JobsBar</name>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%n more</numerusform>
            <numerusform>%n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>NothingPage</name>
    <message numerus="yes">
        <source>All %n build(s) are kept</source>
        <translation>
            <numerusform>The only build is kept</numerusform>
            <numerusform>All %n builds are kept</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete by the rules (%n)</source>
        <translation>
            <numerusform>Delete by the rules (%n)</numerusform>
            <numerusform>Delete by the rules (%n)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{rules} (%n to delete)</source>
        <translation>
            <numerusform>{rules} (%n to delete)</numerusform>
            <numerusform>{rules} (%n to delete)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PageBar</name>
    <message numerus="yes">
        <source>%n page(s) in all</source>
        <translation>
            <numerusform>%n page in all</numerusform>
            <numerusform>%n pages in all</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SelectionSummary</name>
    <message numerus="yes">
        <source>%n build(s) selected</source>
        <translation>
            <numerusform>%n build selected</numerusform>
            <numerusform>%n builds selected</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>without %n build(s) of unknown size</source>
        <translation>
            <numerusform>without %n build of unknown size</numerusform>
            <numerusform>without %n builds of unknown size</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>UpdateChecksDialog</name>
    <message numerus="yes">
        <source>%n case(s) changed</source>
        <translation>
            <numerusform>%n case changed</numerusform>
            <numerusform>%n cases changed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n case(s) could not be checked</source>
        <translation>
            <numerusform>%n case could not be checked</numerusform>
            <numerusform>%n cases could not be checked</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{done} of %n case(s) checked</source>
        <translation>
            <numerusform>{done} of %n case checked</numerusform>
            <numerusform>{done} of %n cases checked</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>batch</name>
    <message numerus="yes">
        <source>%n build(s) could not be deleted.</source>
        <translation>
            <numerusform>%n build could not be deleted.</numerusform>
            <numerusform>%n builds could not be deleted.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n build(s) deleted.</source>
        <translation>
            <numerusform>%n build deleted.</numerusform>
            <numerusform>%n builds deleted.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n build(s) kept.</source>
        <translation>
            <numerusform>%n build kept.</numerusform>
            <numerusform>%n builds kept.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n build(s) not begun.</source>
        <translation>
            <numerusform>%n build not begun.</numerusform>
            <numerusform>%n builds not begun.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n build(s) were gone already.</source>
        <translation>
            <numerusform>%n build was gone already.</numerusform>
            <numerusform>%n builds were gone already.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Of %n build(s) it is not known yet whether they were deleted. That is found out by reading.</source>
        <translation>
            <numerusform>It is not known yet whether %n build was deleted. That is found out by reading.</numerusform>
            <numerusform>It is not known yet whether %n builds were deleted. That is found out by reading.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>without %n build(s) of unknown size</source>
        <translation>
            <numerusform>without %n build of unknown size</numerusform>
            <numerusform>without %n builds of unknown size</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>confirmations</name>
    <message numerus="yes">
        <source>%n builds are marked latest and stay.</source>
        <translation>
            <numerusform>%n build is marked latest and stays.</numerusform>
            <numerusform>%n builds are marked latest and stay.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n builds belong to another app and stay.</source>
        <translation>
            <numerusform>%n build belongs to another app and stays.</numerusform>
            <numerusform>%n builds belong to another app and stay.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n builds stay: it is not known yet how their last changes ended.</source>
        <translation>
            <numerusform>%n build stays: it is not known yet how its last change ended.</numerusform>
            <numerusform>%n builds stay: it is not known yet how their last changes ended.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Among them are %n pinned build(s).</source>
        <translation>
            <numerusform>%n of them is pinned.</numerusform>
            <numerusform>%n of them are pinned.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Close the plan and lose %n choice(s)?</source>
        <translation>
            <numerusform>Close the plan and lose %n choice?</numerusform>
            <numerusform>Close the plan and lose %n choices?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete %n build(s)</source>
        <translation>
            <numerusform>Delete %n build</numerusform>
            <numerusform>Delete %n builds</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete %n build(s)?</source>
        <translation>
            <numerusform>Delete %n build?</numerusform>
            <numerusform>Delete %n builds?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>This account deletes at most %n build(s) in one run, then waits for you.</source>
        <translation>
            <numerusform>This account deletes at most %n build in one run, then waits for you.</numerusform>
            <numerusform>This account deletes at most %n builds in one run, then waits for you.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>formatting</name>
    <message numerus="yes">
        <source>%n build(s)</source>
        <translation>
            <numerusform>%n build</numerusform>
            <numerusform>%n builds</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n day</numerusform>
            <numerusform>%n days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n h ago</source>
        <translation>
            <numerusform>%n h ago</numerusform>
            <numerusform>%n h ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s)</source>
        <translation>
            <numerusform>%n hour</numerusform>
            <numerusform>%n hours</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s) ago</source>
        <translation>
            <numerusform>%n hour ago</numerusform>
            <numerusform>%n hours ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n min ago</source>
        <translation>
            <numerusform>%n min ago</numerusform>
            <numerusform>%n min ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation>
            <numerusform>%n minute</numerusform>
            <numerusform>%n minutes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s) ago</source>
        <translation>
            <numerusform>%n minute ago</numerusform>
            <numerusform>%n minutes ago</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>history_flow</name>
    <message numerus="yes">
        <source>%n page(s) could not be read.</source>
        <translation>
            <numerusform>%n page could not be read.</numerusform>
            <numerusform>%n pages could not be read.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>jobs</name>
    <message numerus="yes">
        <source>%n min left</source>
        <translation>
            <numerusform>%n min left</numerusform>
            <numerusform>%n min left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n s left</source>
        <translation>
            <numerusform>%n s left</numerusform>
            <numerusform>%n s left</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>journal</name>
    <message numerus="yes">
        <source>%n line(s) of the journal {file} cannot be read.</source>
        <translation>
            <numerusform>%n line of the journal {file} cannot be read.</numerusform>
            <numerusform>%n lines of the journal {file} cannot be read.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>reports</name>
    <message numerus="yes">
        <source>It is not known how the last change of %n build(s) ended.</source>
        <translation>
            <numerusform>It is not known how the last change of %n build ended.</numerusform>
            <numerusform>It is not known how the last change of %n builds ended.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>retention</name>
    <message numerus="yes">
        <source>Newer than %n day(s)</source>
        <translation>
            <numerusform>Newer than %n day</numerusform>
            <numerusform>Newer than %n days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>all of the last %n day(s)</source>
        <translation>
            <numerusform>all of the last %n day</numerusform>
            <numerusform>all of the last %n days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>older than %n day(s)</source>
        <translation>
            <numerusform>older than %n day</numerusform>
            <numerusform>older than %n days</numerusform>
        </translation>
    </message>
</context>
</TS>
