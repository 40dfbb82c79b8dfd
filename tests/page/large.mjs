// An export like that of HKEY_LOCAL_MACHINE of a used machine, of about that many bytes: classes, packages, drivers with binary data, and the keys that count.
const machine = ['[HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion]', '"CurrentBuildNumber"="17763"', '"InstallationType"="Server"', ''];
const settings = ['[HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\TLS 1.0\\Server]', '"Enabled"=dword:00000000', '"DisabledByDefault"=dword:00000001', ''];

function section(number) {
    const hex = (count) => Array.from({ length: count }, (_, at) => ((number * 31 + at * 7) & 255).toString(16).padStart(2, '0')).join(',');
    const id = (number * 2654435761 % 4294967296).toString(16).padStart(8, '0');
    switch (number % 8) {
        case 0: return [number % 400 ? 'drivers' : 'services', `[HKEY_LOCAL_MACHINE\\SYSTEM\\${number % 400 ? `DriverDatabase\\DriverPackages\\driver${number}.inf_amd64` : `CurrentControlSet\\Services\\driver${number}`}\\Parameters]`,
            `"Start"=dword:0000000${number % 5}`, `"Image"=hex(2):${hex(25)},\\`, `  ${hex(25)},\\`, `  ${hex(25)},00,00`, ''];
        case 1: return ['packages', `[HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Component Based Servicing\\Packages\\Package_${number}_for_KB${4000000 + number}~31bf3856ad364e35~amd64~~10.0.1.${number % 99}]`, `"InstallName"="Package_${number}.mum"`, `"CurrentState"=dword:000000${(number % 112 + 16).toString(16)}`, `"Path"="C:\\\\Windows\\\\servicing;C:\\\\Windows\\\\x${number}"`, ''];
        default: return ['classes', `[HKEY_LOCAL_MACHINE\\SOFTWARE\\Classes\\CLSID\\{${id}-0000-0000-C000-000000000046}\\InprocServer32]`, `@="C:\\\\Windows\\\\System32\\\\module${number % 700}.dll"`, '"ThreadingModel"="Both"', ''];
    }
}

export function largeExport(bytes) {
    // In the order of their keys, as Windows exports them.
    const parts = new Map();
    let size = 0;
    for (let number = 0; size < bytes / 2; ++number) {
        const [where, ...lines] = section(number);
        const text = lines.join('\r\n') + '\r\n';
        if (!parts.has(where)) parts.set(where, []);
        parts.get(where).push(text);
        size += text.length;
    }
    const part = (where) => (parts.get(where) ?? []).join('');
    return Buffer.from(`\ufeff${['Windows Registry Editor Version 5.00', '', ''].join('\r\n')}${part('classes')}${part('packages')}${machine.join('\r\n')}\r\n${settings.join('\r\n')}\r\n${part('services')}${part('drivers')}`, 'utf16le');
}
