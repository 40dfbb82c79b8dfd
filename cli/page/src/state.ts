// What the person has chosen: the machine, a template, layers on top of it, and own settings. It becomes a profile, which is all that the engine gets to
// hear of it. Plain values; undo keeps the older ones.
export type Setting = string | number | boolean | string[];

export interface Layer {
    title: string;
    file: string; // as the engine knows it
    text: string;
    of?: string | undefined; // a file of another tool, from which `text` is made for the release
}

export interface State {
    readonly release: string | undefined; // id; undefined: the file says it, or nothing is chosen yet
    readonly source: string | undefined; // a file of the engine; undefined: an untouched installation
    readonly updates: readonly string[]; // that are installed besides, such as KB3174644
    readonly template: string | undefined; // a shipped profile
    readonly layers: readonly Layer[]; // dropped profiles, fixes that were taken over; later over earlier
    readonly settings: Readonly<Record<string, Setting>>; // by their path in a profile
}

export const nothing: State = { release: undefined, source: undefined, updates: [], template: undefined, layers: [], settings: {} };

export const ownProfile = 'schancfg.toml'; // as it is saved: what the engine exports says where it comes from
/// What else the page gives the engine; files that are dropped have other names.
export const baseProfile = 'base.toml';
export const triedProfile = 'tried.toml';
export const shorterProfile = 'shorter.toml';
export const stateAfter = 'with-settings.reg';
export const shortPrefix = 'short-';
export const rehearsal = 'rehearsal.reg';
export const isOwn = (name: string): boolean => [ownProfile, baseProfile, triedProfile, shorterProfile, stateAfter, rehearsal].includes(name) || name.startsWith(shortPrefix);

export function isEmpty(state: State): boolean {
    return state.template === undefined && state.layers.length === 0 && Object.keys(state.settings).length === 0;
}

const quoted = (text: string): string => JSON.stringify(text).replace(/\u007f/g, '\\u007f');
const bare = (key: string): string => (/^[A-Za-z0-9_-]+$/.test(key) ? key : quoted(key));

/// `protocols."TLS 1.2".client` in its parts.
export function parts(path: string): string[] {
    return [...path.matchAll(/"((?:[^"\\]|\\.)*)"|([^."]+)/g)].map((found) => (found[1] !== undefined ? (JSON.parse(`"${found[1]}"`) as string) : (found[2] ?? '')));
}

export function pathOf(...keys: string[]): string {
    return keys.map(bare).join('.');
}

function written(value: Setting): string {
    if (Array.isArray(value)) {
        const words = value.map(quoted);
        const line = `[${words.join(', ')}]`;
        return line.length <= 90 ? line : `[\n${words.map((word) => `    ${word},\n`).join('')}]`;
    }
    return typeof value === 'string' ? quoted(value) : String(value);
}

const sections = ['protocols', 'ciphers', 'hashes', 'key_exchange_algorithms', 'cipher_suites', 'elliptic_curves', 'schannel', 'winhttp', 'dotnet', 'fips'];

// One role or one member alone is an inline table: { client = "disabled" }.
function section(name: string, settings: [string[], Setting][]): string {
    const isList = name === 'cipher_suites' || name === 'elliptic_curves';
    const tables = new Map<string, string[]>();
    const inline = new Map<string, [string, Setting][]>();
    for (const [keys, value] of settings) {
        const rest = keys.slice(1);
        if (isList || name === 'winhttp' || name === 'dotnet' || name === 'schannel' || name === 'fips') {
            const header = [name, ...rest.slice(0, -1)].map(bare).join('.');
            tables.set(header, [...(tables.get(header) ?? []), `${bare(rest.at(-1) ?? '')} = ${written(value)}`]);
        } else if (rest.length === 1) {
            tables.set(name, [...(tables.get(name) ?? []), `${bare(rest[0] ?? '')} = ${written(value)}`]);
        } else {
            inline.set(rest[0] ?? '', [...(inline.get(rest[0] ?? '') ?? []), [rest[1] ?? '', value]]);
        }
    }
    for (const [key, members] of inline) {
        const [first, second] = members;
        const both = name === 'protocols' && members.length === 2 && first?.[1] === second?.[1];
        const line = both ? written(first?.[1] ?? '') : `{ ${members.map(([member, value]) => `${member} = ${written(value)}`).join(', ')} }`;
        tables.set(name, [...(tables.get(name) ?? []), `${bare(key)} = ${line}`]);
    }
    return [...tables].map(([header, lines]) => `\n[${header}]\n${lines.join('\n')}\n`).join('');
}

/// The profile that the state is. `name`: what it calls itself.
export function profileOf(state: State, name = 'My settings'): string {
    const bases = [...(state.template ? [state.template] : []), ...state.layers.map((layer) => `./${layer.file}`)];
    let out = `format = 1\nname = ${quoted(name)}\n`;
    if (bases.length > 0) out += `extends = [${bases.map(quoted).join(', ')}]\n`;
    const all = Object.entries(state.settings).map(([path, value]): [string[], Setting] => [parts(path), value]);
    for (const each of sections) {
        const own = all.filter(([keys]) => keys[0] === each);
        if (own.length > 0) out += section(each, own);
    }
    return out;
}

export class History {
    private past: State[] = [];
    private future: State[] = [];
    constructor(public now: State = nothing) {}

    change(next: State): void {
        this.past.push(this.now);
        if (this.past.length > 500) this.past.shift();
        this.future = [];
        this.now = next;
    }
    undo(): void {
        const before = this.past.pop();
        if (!before) return;
        this.future.push(this.now);
        this.now = before;
    }
    redo(): void {
        const after = this.future.pop();
        if (!after) return;
        this.past.push(this.now);
        this.now = after;
    }
    get canUndo(): boolean {
        return this.past.length > 0;
    }
    get canRedo(): boolean {
        return this.future.length > 0;
    }
}

async function through(bytes: Uint8Array<ArrayBuffer>, stream: CompressionStream | DecompressionStream): Promise<Uint8Array<ArrayBuffer>> {
    return new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(stream)).arrayBuffer());
}

function base64(bytes: Uint8Array): string {
    let text = '';
    for (let i = 0; i < bytes.length; i += 0x8000) text += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
    return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

export interface Linked {
    state: State;
    files: { name: string; shown: string; kind: string; bytes: string }[]; // Base64
}

/// What follows the `#` of a link. Files that are small go along; `left` says which do not.
export async function toLink(linked: Linked): Promise<string> {
    const text = new TextEncoder().encode(JSON.stringify(linked));
    return base64(await through(text, new CompressionStream('deflate-raw')));
}

const maxLink = 4 << 20;

export async function fromLink(text: string): Promise<Linked | undefined> {
    try {
        if (text.length > maxLink) return undefined;
        const packed = Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.charCodeAt(0));
        const plain = await through(packed, new DecompressionStream('deflate-raw'));
        if (plain.length > 16 * maxLink) return undefined;
        return checked(JSON.parse(new TextDecoder().decode(plain)));
    } catch {
        return undefined;
    }
}

const isText = (value: unknown): value is string => typeof value === 'string';
const isTextOrNothing = (value: unknown): value is string | undefined => value === undefined || isText(value);

// A link comes from anywhere: what is not of this form is nothing.
function checked(value: unknown): Linked | undefined {
    if (typeof value !== 'object' || value === null) return undefined;
    const { state, files } = value as { state?: Record<string, unknown>; files?: unknown };
    if (typeof state !== 'object' || state === null || !Array.isArray(files)) return undefined;
    const { release, source, template, layers, settings, updates = [] } = state;
    if (!isTextOrNothing(release) || !isTextOrNothing(source) || !isTextOrNothing(template)) return undefined;
    if (!Array.isArray(layers) || typeof settings !== 'object' || settings === null) return undefined;
    const safe = (name: unknown): name is string => isText(name) && /^[A-Za-z0-9_][A-Za-z0-9._-]{0,99}$/.test(name);
    if ((source !== undefined && !safe(source)) || (template !== undefined && !safe(template))) return undefined;
    if (!layers.every((layer: Layer) => isText(layer.title) && safe(layer.file) && isText(layer.text) && (layer.of === undefined || safe(layer.of)))) return undefined;
    if (!Array.isArray(updates) || !updates.every((update) => isText(update) && /^KB\d{6,8}$/.test(update))) return undefined;
    const known = (setting: unknown): boolean =>
        ['string', 'number', 'boolean'].includes(typeof setting) || (Array.isArray(setting) && setting.every(isText));
    if (!Object.entries(settings).every(([path, setting]) => sections.includes(parts(path)[0] ?? '') && known(setting))) return undefined;
    if (!files.every((file: Linked['files'][number]) => safe(file.name) && isText(file.shown) && isText(file.kind) && isText(file.bytes))) return undefined;
    return { state: { release, source, updates, template, layers: layers as Layer[], settings: settings as Record<string, Setting> }, files: files as Linked['files'] };
}

export function bytesOf(text: string): Uint8Array<ArrayBuffer> {
    return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.charCodeAt(0));
}
export const textOf = base64;
