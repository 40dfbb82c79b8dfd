// What a dropped file may be, by its first bytes and its name. A guess alone: the engine reads it and has the last word.
export type Kind = 'reg' | 'memory' | 'policy' | 'profile' | 'iis' | 'list' | 'peer' | 'scan' | 'layer';

export interface Dropped {
    name: string; // as the engine knows it
    shown: string; // as the person knows it
    kind: Kind;
    size: number;
    release?: string | undefined; // what the file itself says
    short?: string; // a file of the engine with its managed part alone
    shortening?: Promise<void>; // which is being made
    text?: string; // of a profile, or as a profile
    notes?: string[];
}

export const kindWords: Record<Kind, string> = {
    reg: 'a registry export',
    memory: 'a registry in JSON',
    policy: 'a Group Policy',
    profile: 'a profile',
    iis: 'a template of IIS Crypto',
    list: 'a finding list of HardeningKitty',
    peer: 'a peer',
    scan: 'a scan',
    layer: 'a fix',
};

/// The largest file that the program reads.
export const largest = 512 * 1024 * 1024;

export function encodingOf(bytes: Uint8Array): 'utf-16le' | 'utf-8' {
    return bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8';
}

/// What the engine wants a file's name to end in.
export const endings: Record<Kind, string> = { reg: '.reg', memory: '.json', policy: '.pol', profile: '.toml', iis: '.ictpl', list: '.csv', peer: '.toml', scan: '', layer: '.toml' };

/// The engine can be given such a file in parts.
export const endsInReg = (name: string): boolean => /\.reg$/i.test(name);

/// A state of a machine; a file that asks for settings; one of another tool, which becomes a profile.
export const isState = (file: Dropped): boolean => file.kind === 'reg' || file.kind === 'memory';
export const isAsking = (file: Dropped): boolean => file.kind === 'profile' || isForeign(file);
export const isForeign = (file: Dropped): boolean => file.kind === 'policy' || file.kind === 'iis' || file.kind === 'list';

/// Of what is nothing that the engine reads, by its first bytes: what it is, and what to do with it.
export function foreignWords(bytes: Uint8Array): string | undefined {
    if (bytes.length === 0) return 'is empty';
    const starts = (...numbers: number[]): boolean => numbers.every((number, index) => bytes[index] === number);
    if (starts(0x50, 0x4b, 0x03, 0x04) || starts(0x50, 0x4b, 0x05, 0x06)) return 'is a ZIP archive (or a file of Office): unpack it, and drop the files that are in it';
    if (starts(0x1f, 0x8b)) return 'is packed by gzip: unpack it, and drop what is in it';
    if (starts(0x37, 0x7a, 0xbc, 0xaf) || starts(0x52, 0x61, 0x72, 0x21) || starts(0x4d, 0x53, 0x43, 0x46)) return 'is an archive: unpack it, and drop the files that are in it';
    if (starts(0x72, 0x65, 0x67, 0x66)) return 'is a hive of a registry, which this page does not read; `schancfg status hive:FILE` does, and an export of the key can be dropped here';
    if (starts(0x4d, 0x5a)) return 'is a program';
    if (starts(0x25, 0x50, 0x44, 0x46)) return 'is a PDF file';
    if (starts(0x89, 0x50, 0x4e, 0x47) || starts(0xff, 0xd8, 0xff) || starts(0x47, 0x49, 0x46, 0x38)) return 'is a picture';
    return undefined;
}

export function kindOf(name: string, bytes: Uint8Array): { kind: Kind } {
    if (bytes[0] === 0x50 && bytes[1] === 0x52 && bytes[2] === 0x65 && bytes[3] === 0x67) return { kind: 'policy' };
    const start = new TextDecoder(encodingOf(bytes)).decode(bytes.subarray(0, 64 << 10)).replace(/^\ufeff/, '');
    if (/^(Windows Registry Editor|REGEDIT4)/.test(start) || /\.reg$/i.test(name)) return { kind: 'reg' };
    if (/<iisCryptoTemplate/.test(start) || /\.ictpl$/i.test(name)) return { kind: 'iis' };
    if (/<RegistrySettings/.test(start) || /\.pol$/i.test(name)) return { kind: 'policy' };
    if (/^"?ID"?,"?Category"?,/i.test(start)) return { kind: 'list' };
    if (/^\s*\{/.test(start) && /"(registry|keys|HKLM|HKEY_LOCAL_MACHINE)/.test(start.slice(0, 2000))) return { kind: 'memory' };
    if (/^\s*(<|\{|\[\s*\{)/.test(start) || /^"?id"?,"?fqdn/.test(start) || /^(Starting Nmap|# Nmap|Nmap scan)/m.test(start)) return { kind: 'scan' };
    if (/^\s*\[peer\]/m.test(start)) return { kind: 'peer' };
    return { kind: 'profile' };
}

/// Of what is taken for a profile because it is nothing else: does it look like one, so that what is wrong with it helps?
export function isLikeProfile(name: string, bytes: Uint8Array): boolean {
    if (/\.toml$/i.test(name)) return true;
    const start = new TextDecoder(encodingOf(bytes)).decode(bytes.subarray(0, 64 << 10));
    return !start.includes('\0') && /^\s*(\[[^\]]+\]|["\w.-]+\s*=)/m.test(start);
}
export const unknownWords = 'it is not a registry export, a profile, a policy, a template of IIS Crypto, a finding list of HardeningKitty, a scan or a peer file';

/// An export of a release, with nothing in it that counts but that; as long as those that are read in parts, and with as many lines of each kind.
export function rehearsedExport(): Blob {
    const lines = (...each: string[]): string => each.map((line) => `${line}\r\n`).join('');
    const units = (text: string): Uint16Array<ArrayBuffer> => Uint16Array.from(text, (unit) => unit.charCodeAt(0)); // little-endian, as every machine that has a browser
    const head = lines('\ufeffWindows Registry Editor Version 5.00', '', '[HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion]', '"CurrentBuildNumber"="20348"', '"InstallationType"="Server"', '');
    const services = Array.from({ length: 400 }, (_, number) => lines(`[HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services\\none${number}\\Parameters]`, '"Start"=dword:00000004', ''));
    const protocols = ['SSL 3.0', 'TLS 1.0', 'TLS 1.2'].map((name) => lines(`[HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\${name}\\Server]`, '"Enabled"=dword:00000000', ''));
    const passed = lines('[HKEY_LOCAL_MACHINE\\SOFTWARE\\Classes\\CLSID\\{00000000-0000-0000-0000-000000000000}\\InprocServer32]', '@="none.dll"', '"ThreadingModel"="Both"', '');
    const many = units(passed.repeat((1 << 18) / passed.length));
    return new Blob([units(head + protocols.join('') + services.join('')), ...Array.from({ length: 8 }, () => many), units('\r\n'.repeat(1 << 18))]);
}
