<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>cancuoc::teller::TellerWindow</name>
    <message numerus="yes">
        <source>Everything is cleared in %n second(s)</source>
        <translation>
            <numerusform>Everything is cleared in %n second</numerusform>
            <numerusform>Everything is cleared in %n seconds</numerusform>
        </translation>
    </message>
</context>
</TS>
