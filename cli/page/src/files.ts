// What a dropped file may be, by its first bytes and its name. A guess alone: the engine reads it and has the last word.
export type Kind = 'reg' | 'memory' | 'profile' | 'peer' | 'scan' | 'layer';

export interface Dropped {
    name: string; // as the engine knows it
    shown: string; // as the person knows it
    kind: Kind;
    size: number;
    release?: string | undefined; // what the file itself says
    short?: string; // a file of the engine with its managed part alone
    text?: string; // of a profile
    notes?: string[];
}

export const kindWords: Record<Kind, string> = {
    reg: 'a registry export',
    memory: 'a registry in JSON',
    profile: 'a profile',
    peer: 'a peer',
    scan: 'a scan',
    layer: 'a fix',
};

/// The largest file that the program reads.
export const largest = 512 * 1024 * 1024;

export function encodingOf(bytes: Uint8Array): 'utf-16le' | 'utf-8' {
    return bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8';
}

export function kindOf(name: string, bytes: Uint8Array): { kind: Kind } {
    const start = new TextDecoder(encodingOf(bytes)).decode(bytes.subarray(0, 64 << 10)).replace(/^\ufeff/, '');
    if (/^(Windows Registry Editor|REGEDIT4)/.test(start) || /\.reg$/i.test(name)) return { kind: 'reg' };
    if (/^\s*\{/.test(start) && /"(registry|keys|HKLM|HKEY_LOCAL_MACHINE)/.test(start.slice(0, 2000))) return { kind: 'memory' };
    if (/^\s*(<|\{|\[\s*\{)/.test(start) || /^"?id"?,"?fqdn/.test(start) || /^(Starting Nmap|# Nmap|Nmap scan)/m.test(start)) return { kind: 'scan' };
    if (/^\s*\[peer\]/m.test(start)) return { kind: 'peer' };
    return { kind: 'profile' };
}
