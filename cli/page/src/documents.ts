// The documents of the engine (JSON of the program, lib/docs/schemas) as far as the page shows them.
export interface Basis {
    origin?: string;
    certain?: boolean;
    confidence?: string;
    sources?: string[];
}
export interface RoleEffect extends Basis {
    state: string;
}
export interface Protocol {
    name: string;
    client: RoleEffect;
    server: RoleEffect;
}
export interface Algorithm extends Basis {
    name: string;
    state: string;
    client_min_bits?: number | null;
    server_min_bits?: number | null;
    client_max_bits?: number | null;
}
export interface Suite extends Basis {
    name: string;
    usable: boolean;
    blocked_by?: (string | { name?: string })[];
}
export interface Curve extends Basis {
    name: string;
    usable: boolean;
}
export interface NamedValue {
    key: string;
    value: string | null;
    name: string | null;
    type?: string;
    data?: number | string | string[] | null;
    hex?: string;
    origin?: { file: string; line: number; column: number } | string | null;
}
export interface Status {
    os: string | null;
    source: string;
    assumed?: string[];
    alarms?: Alarm[];
    settings: NamedValue[];
    protocols?: Protocol[];
    ciphers?: Algorithm[];
    hashes?: Algorithm[];
    key_exchange_algorithms?: Algorithm[];
    cipher_suites?: Suite[];
    curves?: Curve[];
    winhttp?: ({ view: string; protocols: string[] } & Basis)[];
    dotnet?: { version: string; view: string; strong_crypto: { on: boolean } & Basis; system_default_tls_versions: { on: boolean } & Basis }[];
    fips?: { on: boolean } & Basis;
    weak?: { id: string; subject: string; role: string | null; detail: string; certain: boolean }[];
}
export interface Alarm {
    id: string;
    severity: string;
    certain: boolean;
    role: string | null;
    message: string;
}
export type Value = { type: string; data?: number | string | string[]; hex?: string };
export interface Change {
    key: string;
    value: string | null;
    action: 'add' | 'change' | 'remove';
    before: Value | null;
    after: Value | null;
}
export interface EffectChange {
    subject: string;
    role: string | null;
    before: string;
    after: string;
    certain: boolean;
    sources: string[];
}
export interface PeerChange {
    peer: string;
    role: string;
    source: string;
    change: string;
    before: Agreement;
    after: Agreement;
}
export interface Agreement {
    verdict: string;
    handshake: { protocol: string; cipher_suite: string | null; group: string | null; bits: number | null } | null;
    reason: string | null;
}
export interface Diff {
    os: string | null;
    from: string;
    to: string;
    assumed?: string[];
    alarms?: Alarm[];
    changes: Change[];
    effects: EffectChange[];
    peers: PeerChange[];
    peers_summary?: { judged: number; cut_off: number; unknown: number };
    unknown_peers?: (string | { peer: string })[];
    summary: { add: number; change: number; remove: number };
    restart: { needed: string; scope: string; sources: string[] };
}
export interface Finding {
    rule: string;
    severity: 'error' | 'warning' | 'note';
    file: string;
    line: number | null;
    key: string | null;
    value?: string | null;
    message: string;
    fix: string;
}
export interface Lint {
    findings: Finding[];
}
export interface Wanted {
    settings: NamedValue[];
}
export interface Fix {
    side: string;
    kind: string;
    title: string;
    text: string;
    profile: string;
    risk: string;
    conditions: unknown[];
    updates: string[];
    weakens: boolean;
}
export interface Doctor {
    verdict: 'agree' | 'disagree' | 'unknown';
    protocol: string | null;
    cipher_suite: string | null;
    reason: { id: string; message: string; evidence: { aspect: string; client: string; server: string; decides: boolean }[] } | null;
    causes: { id: string; title: string; fit?: string; why?: string; remedy?: string }[];
    fixes: Fix[];
    questions?: { id: string; message: string }[];
    not_checked?: string[];
    collect?: { id: string; message: string }[];
    error?: { text: string; known: boolean; meaning: string | null };
    note?: string | null;
}
export interface Explanation {
    kind: string;
    name: string;
    summary: string;
    details: { label: string; text: string }[];
    sources: string[];
}
export interface Release {
    id: string;
    name: string;
    build: string;
    aliases: string[];
}
export interface ShippedProfile {
    name: string;
    title: string;
    description: string;
}

// Characters that no reader sees, or that move what stands beside them: names from files may hold them.
const unseen = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;

/// A text from a file as a person may see it: what is not seen is spelled.
export function shown(text: string): string {
    return text.replace(unseen, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}

/// A name, which is one line: line ends and tabs are spelled as well.
export function shownName(name: string): string {
    return shown(name).replace(/[\t\n]/g, (character) => (character === '\n' ? '\\n' : '\\t'));
}

// The engine prints JSON in ASCII: where nothing is spelled as \\u…, there is nothing that is not seen.
export function document<T>(bytes: Uint8Array): T {
    const text = new TextDecoder().decode(bytes);
    if (!text.includes('\\u')) return JSON.parse(text) as T;
    return JSON.parse(text, (_key, value: unknown) => (typeof value === 'string' ? shown(value) : value)) as T;
}
