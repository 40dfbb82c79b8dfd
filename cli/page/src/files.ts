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

/// A state of a machine; a file that asks for settings; one of another tool, which becomes a profile.
export const isState = (file: Dropped): boolean => file.kind === 'reg' || file.kind === 'memory';
export const isAsking = (file: Dropped): boolean => file.kind === 'profile' || isForeign(file);
export const isForeign = (file: Dropped): boolean => file.kind === 'policy' || file.kind === 'iis' || file.kind === 'list';

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
