// The page's one store: the state with its history, the files that were dropped, and what the engine says of it. Views read it and call its verbs; it
// computes nothing of what Windows does.
import { type Diff, document as read, type Finding, type Lint, type Release, type ShippedProfile, type Status, shown, type Wanted } from './documents';
import { type Engine, type Outcome, type Request, Trap } from './engine';
import { bytesOf, fromLink, History, isEmpty, type Layer, nothing, ownProfile, profileOf, type Setting, type State, textOf, toLink } from './state';
import { type Dropped, encodingOf, kindOf } from './files';

export type View = 'start' | 'settings' | 'effect' | 'doctor' | 'take';

export interface Judged {
    before: Status;
    byDefault: Status | undefined;
    diff: Diff;
    findings: Finding[];
    wanted: Wanted;
    milliseconds: number;
}

declare const __PEERS__: { file: string; name: string; role: 'client' | 'server'; text: string }[];
export const todaysPeers = __PEERS__;
const peerFolder = 'todays-peers';

/// The lines of the engine's log, without its name: an error of a file in words.
export function words(outcome: Outcome): string {
    const lines = outcome.error.split('\n').filter(Boolean).map((line) => shown(line.replace(/^schancfg: /, '')));
    const errors = lines.filter((line) => line.startsWith('error: ')).map((line) => line.slice(7));
    return (errors.length > 0 ? errors : lines).join('\n') || `the engine ended with ${outcome.exit}`;
}

export class App {
    readonly history = new History();
    releases: Release[] = [];
    profiles: ShippedProfile[] = [];
    formats: string[] = [];
    files = new Map<string, Dropped>(); // by the name that the engine knows
    view: View = 'start';
    judged: Judged | undefined;
    problem: string | undefined; // why there is none
    notice: string | undefined; // what happened, in a sentence
    busy: string | undefined; // what takes long
    isComputing = false;
    private readonly listeners = new Set<() => void>();
    private wish = 0;
    private statuses = new Map<string, Status>();
    private saved: State = nothing; // what a reload would not lose

    constructor(readonly engine: Engine) {
        engine.onProgress = (text) => {
            this.busy = text && text.replace(/^opening /, 'Reading ').replace(/^reading /, 'Reading ').replace(/^judging /, 'Judging ');
            this.tell();
        };
    }

    get state(): State {
        return this.history.now;
    }
    get hasWork(): boolean {
        return this.state !== this.saved && !(isEmpty(this.state) && this.files.size === 0);
    }
    listen(listener: () => void): () => void {
        this.listeners.add(listener);
        return () => this.listeners.delete(listener);
    }
    tell(): void {
        for (const listener of this.listeners) listener();
    }

    async start(link: string): Promise<void> {
        for (const peer of todaysPeers) await this.engine.give(`${peerFolder}/${peer.file}`, new TextEncoder().encode(peer.text));
        const json = { format: ['json'] };
        this.releases = read<{ releases: Release[] }>((await this.engine.run({ command: 'releases', options: json })).output).releases.reverse();
        this.profiles = read<{ profiles: ShippedProfile[] }>((await this.engine.run({ command: 'profiles', options: json })).output).profiles;
        const manual = new TextDecoder().decode((await this.engine.run({ command: 'help', operands: ['export'] })).output);
        this.formats = ['ps1'].filter((format) => new RegExp(`\\b${format}\\b`).test(manual));
        if (link) await this.open(link);
        this.tell();
    }

    show(view: View): void {
        this.view = view;
        this.notice = undefined;
        this.tell();
    }

    // ---- changing

    change(next: Partial<State>): void {
        this.history.change({ ...this.state, ...next });
        void this.judge();
    }
    set(path: string, value: Setting | undefined): void {
        const settings = { ...this.state.settings };
        if (value === undefined) delete settings[path];
        else settings[path] = value;
        this.change({ settings });
    }
    undo(): void {
        this.history.undo();
        void this.judge();
    }
    redo(): void {
        this.history.redo();
        void this.judge();
    }
    async addLayer(title: string, text: string): Promise<void> {
        const file = this.freeName('fix.toml');
        const bytes = new TextEncoder().encode(text);
        await this.engine.give(file, bytes);
        this.files.set(file, { name: file, shown: title, kind: 'layer', size: bytes.length });
        this.change({ layers: [...this.state.layers, { title, file, text }] });
    }

    // ---- files

    private freeName(name: string): string {
        const plain = name.replace(/[^A-Za-z0-9._-]/g, '_').replace(/^[.-]+/, '_').slice(-60) || 'file';
        let out = plain;
        for (let i = 2; this.files.has(out) || out === ownProfile; ++i) out = `${i}-${plain}`;
        return out;
    }

    /// Gives the engine a file and says what it is. Its words where it is nothing that it reads.
    async drop(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<Dropped | string> {
        const found = kindOf(name, bytes);
        const ending = { reg: '.reg', memory: '.json', profile: '.toml', peer: '.toml', scan: '', layer: '.toml' }[found.kind];
        const file = this.freeName(ending && !name.toLowerCase().endsWith(ending) ? name + ending : name);
        await this.engine.give(file, bytes);
        const dropped: Dropped = { name: file, shown: shown(name), kind: found.kind, size: bytes.length };
        const wrong = await this.recognise(dropped, bytes);
        if (wrong !== undefined) {
            this.engine.forget(file);
            return wrong.replaceAll(file, dropped.shown);
        }
        this.files.set(file, dropped);
        this.tell();
        return dropped;
    }

    // What a file is, the engine decides: it has to read it.
    private async recognise(dropped: Dropped, bytes: Uint8Array<ArrayBuffer>): Promise<string | undefined> {
        const { name, kind } = dropped;
        if (kind === 'reg' || kind === 'memory') {
            const outcome = await this.engine.run({ command: 'status', operands: [`${kind}:${name}`], options: { format: ['json'] } });
            if (outcome.exit > 1) return words(outcome);
            const status = read<Status>(outcome.output);
            dropped.release = status.os ?? undefined;
            dropped.notes = outcome.error.split('\n').filter(Boolean).map((line) => shown(line.replace(/^schancfg: /, '')).replaceAll(name, dropped.shown));
            // The managed part of a large file is all that counts; what is computed after each change need not read the rest again.
            if (bytes.length > 1 << 20 && kind === 'reg') await this.shorten(dropped, status);
            return undefined;
        }
        const request: Request =
            kind === 'profile'
                ? { command: 'export', operands: [`./${name}`], options: { format: ['json'], os: ['2022'] } }
                : { command: 'diff', options: { from: ['os:2022'], to: ['os:2022'], peers: [kind === 'scan' ? `scan:${name}` : `./${name}`], format: ['json'] } };
        const outcome = await this.engine.run(request);
        if (outcome.exit > 1) return words(outcome);
        if (kind === 'profile') {
            const text = new TextDecoder(encodingOf(bytes)).decode(bytes);
            dropped.text = text;
        }
        return undefined;
    }

    private async shorten(dropped: Dropped, status: Status): Promise<void> {
        const file = `short-${dropped.name}`;
        const target = { target: [`reg:${dropped.name}`] };
        const outcome = await this.engine.run({ command: 'export', options: { ...target, format: ['reg'], output: [file] } }, [file]);
        const bytes = outcome.written[file];
        if (outcome.exit !== 0 || !bytes) return;
        await this.engine.give(file, new Uint8Array(bytes));
        const again = await this.engine.run({ command: 'status', operands: [`reg:${file}`], options: { format: ['json'], ...(status.os ? { os: [status.os] } : {}) } });
        if (again.exit > 1) return;
        const same = { ...read<Status>(again.output), source: status.source };
        if (JSON.stringify(same) === JSON.stringify(status)) dropped.short = file;
    }

    /// How the engine spells the machine that is looked at; undefined: there is none yet.
    spelling(state = this.state): string | undefined {
        const { source, release } = state;
        if (source === undefined) return release && `os:${release}`;
        const file = this.files.get(source);
        if (!file) return undefined;
        const own = file.release;
        if (!own && !release) return undefined;
        return `${file.kind}:${file.short ?? file.name}${own ? '' : `@${release}`}`;
    }
    get releaseId(): string | undefined {
        const file = this.state.source ? this.files.get(this.state.source) : undefined;
        return file?.release ?? this.state.release;
    }
    get releaseName(): string {
        return this.releases.find((release) => release.id === this.releaseId)?.name ?? this.releaseId ?? '';
    }
    get peerOptions(): string[] {
        const scans = [...this.files.values()].filter((file) => file.kind === 'scan' || file.kind === 'peer');
        return [peerFolder, ...scans.map((file) => (file.kind === 'scan' ? `scan:${file.name}` : `./${file.name}`))];
    }
    profile(name?: string): string {
        return profileOf(this.state, name);
    }

    // ---- what the engine says

    private async status(spelling: string): Promise<Status> {
        const known = this.statuses.get(spelling);
        if (known) return known;
        const outcome = await this.engine.run({ command: 'status', operands: [spelling], options: { format: ['json'] } });
        if (outcome.exit > 1) throw new Error(words(outcome));
        const status = read<Status>(outcome.output);
        this.statuses.set(spelling, status);
        return status;
    }

    /// Asks for everything that follows from the state. What was asked for an older state is dropped.
    async judge(): Promise<void> {
        const wish = ++this.wish;
        this.isComputing = true;
        this.tell();
        try {
            const judged = await this.compute(wish);
            if (wish !== this.wish) return;
            if (judged) this.judged = judged;
            this.problem = undefined;
        } catch (error) {
            if (wish !== this.wish) return;
            this.problem =
                error instanceof Trap
                    ? `The engine stopped (${error.message}). A fresh one has taken over; nothing that you entered is lost. Undo the last change, or try again.`
                    : error instanceof Error ? error.message : String(error);
            if (error instanceof Trap) this.statuses.clear();
        }
        this.isComputing = false;
        this.tell();
    }

    private async compute(wish: number): Promise<Judged | undefined> {
        const spelling = this.spelling();
        const release = this.releaseId;
        if (!spelling || !release) {
            this.judged = undefined;
            return undefined;
        }
        const start = performance.now();
        await this.engine.give(ownProfile, new TextEncoder().encode(this.profile()));
        const own = `./${ownProfile}`;
        const before = await this.status(spelling);
        if (wish !== this.wish) return undefined;
        const json = { format: ['json'] };
        const diff = await this.engine.run({ command: 'diff', operands: [own], options: { ...json, target: [spelling], peers: this.peerOptions } });
        if (diff.exit > 1) throw new Error(words(diff));
        if (wish !== this.wish) return undefined;
        const lint = await this.engine.run({ command: 'lint', operands: [own], options: { ...json, os: [release] } });
        const wanted = await this.engine.run({ command: 'export', operands: [own], options: { ...json, os: [release] } });
        const byDefault = await this.status(`os:${release}`).catch(() => undefined);
        return {
            before,
            byDefault,
            diff: read<Diff>(diff.output),
            findings: lint.exit > 1 ? [] : read<Lint>(lint.output).findings,
            wanted: wanted.exit > 1 ? { settings: [] } : read<Wanted>(wanted.output),
            milliseconds: performance.now() - start,
        };
    }

    // ---- taking away

    /// The whole profile in one text: as it was written while it rests on a shipped template alone, else spelled out by the engine.
    async profileText(): Promise<string> {
        if (this.state.layers.length === 0) return this.profile();
        await this.engine.give(ownProfile, new TextEncoder().encode(this.profile()));
        const outcome = await this.engine.run({
            command: 'export',
            operands: [`./${ownProfile}`],
            options: { format: ['toml'], ...(this.releaseId ? { os: [this.releaseId] } : {}) },
        });
        if (outcome.exit > 1) throw new Error(words(outcome));
        return new TextDecoder().decode(outcome.output);
    }

    async exported(format: string): Promise<Uint8Array<ArrayBuffer>> {
        await this.engine.give(ownProfile, new TextEncoder().encode(this.profile()));
        const spelling = this.spelling();
        const request: Request =
            format === 'markdown'
                ? { command: 'diff', operands: [`./${ownProfile}`], options: { format: ['markdown'], target: [spelling ?? ''], peers: this.peerOptions } }
                : { command: 'export', operands: [`./${ownProfile}`], options: { format: [format], ...(this.releaseId ? { os: [this.releaseId] } : {}) } };
        const outcome = await this.engine.run(request);
        if (outcome.exit > 1) throw new Error(words(outcome));
        return outcome.output;
    }

    /// What follows the `#`, and the names of files that are too large to go along.
    async link(): Promise<{ hash: string; left: string[] }> {
        const left: string[] = [];
        const files = [];
        for (const file of this.files.values()) {
            const bytes = this.engine.bytes(file.short ?? file.name);
            if (!bytes || file.kind === 'layer') continue;
            if (bytes.length > 256 << 10) left.push(file.shown);
            else files.push({ name: file.name, shown: file.shown, kind: file.kind, bytes: textOf(bytes) });
        }
        this.saved = this.state;
        return { hash: await toLink({ state: this.state, files }), left };
    }

    private async open(link: string): Promise<void> {
        const linked = await fromLink(link);
        if (!linked) {
            this.notice = 'The link is damaged, or was made by another version: nothing was taken from it.';
            return;
        }
        const missing: string[] = [];
        for (const file of linked.files) {
            const dropped = await this.drop(file.name, bytesOf(file.bytes));
            if (typeof dropped !== 'string') dropped.shown = shown(file.shown);
        }
        for (const layer of linked.state.layers) await this.giveLayer(layer);
        let state = linked.state;
        if (state.source !== undefined && !this.files.has(state.source)) {
            missing.push(state.source);
            state = { ...state, source: undefined };
        }
        this.history.change(state);
        this.saved = state;
        this.view = 'settings';
        if (missing.length > 0) this.notice = `${missing.join(', ')} was too large for the link: drop it on Start.`;
        await this.judge();
    }

    private async giveLayer(layer: Layer): Promise<void> {
        const bytes = new TextEncoder().encode(layer.text);
        await this.engine.give(layer.file, bytes);
        this.files.set(layer.file, { name: layer.file, shown: layer.title, kind: 'layer', size: bytes.length });
    }
}
