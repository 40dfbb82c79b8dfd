// The page's one store: the state with its history, the files that were dropped, and what the engine says of it. Views read it and call its verbs; it
// computes nothing of what Windows does.
import { type Diff, document as read, type Finding, type Lint, type Release, type ShippedProfile, type Status, shown, shownName, type Wanted } from './documents';
import { Cancelled, type Engine, type Outcome, type Request, Trap } from './engine';
import { baseProfile, bytesOf, fromLink, History, isEmpty, isOwn, type Layer, nothing, ownProfile, parts, profileOf, rehearsal, type Setting, shortPrefix, type State, stateAfter, triedProfile } from './state';
import { type Dropped, encodingOf, endings, endsInReg, foreignWords, isForeign, isLikeProfile, type Kind, kindOf, rehearsedExport, unknownWords } from './files';

export type View = 'start' | 'settings' | 'effect' | 'doctor' | 'take';

export interface Judged {
    before: Status;
    byDefault: Status | undefined;
    diff: Diff;
    findings: Finding[];
    wanted: Wanted;
    base: Wanted; // without own settings
    milliseconds: number;
}

declare const __PEERS__: { file: string; name: string; role: 'client' | 'server'; text: string }[];
export const todaysPeers = __PEERS__;
declare const __KNOWN__: { releases: Release[]; profiles: ShippedProfile[]; reasons: Record<string, string> };

/// Why two ends can't agree, by the id of the reason.
export const reasonWords = (id: string): string => __KNOWN__.reasons[id] ?? id;
const peerFolder = 'todays-peers';

/// The lines of the engine's log, without its name: an error of a file in words.
export function words(outcome: Outcome): string {
    const lines = outcome.error.split('\n').filter(Boolean).map((line) => shown(line.replace(/^schancfg: /, '')));
    const errors = lines.filter((line) => line.startsWith('error: ')).map((line) => line.slice(7));
    return (errors.length > 0 ? errors : lines).join('\n') || `the engine ended with ${outcome.exit}`;
}

// Whether a setting of a profile decides a value: `dotnet.strong_crypto` all of its four, `cipher_suites.policy.without` the order.
function covers(setting: string[], value: string[]): boolean {
    const isList = setting[0] === 'cipher_suites' || setting[0] === 'elliptic_curves';
    const inside = isList ? setting.slice(0, 2) : setting.slice(0, -1);
    return inside.every((key, index) => value[index] === key) && (isList || setting.at(-1) === value.at(-1) || value[inside.length] === setting.at(-1));
}

const patience = 50; // milliseconds in which what is drawn may lag behind while more is to come

export class App {
    readonly history = new History();
    readonly releases = __KNOWN__.releases;
    readonly profiles = __KNOWN__.profiles;
    files = new Map<string, Dropped>(); // by the name that the engine knows
    view: View = 'start';
    judged: Judged | undefined;
    problem: string | undefined; // why there is none
    notice: string | undefined; // what happened, in a sentence
    busy: string | undefined; // what takes long
    busyPart: number | undefined; // how much of it is done, of 1
    isComputing = false;
    private tasks = 0;
    private readonly listeners = new Set<() => void>();
    private wish = 0;
    private statuses = new Map<string, Status>();
    private saved: State = nothing; // what a reload would not lose

    constructor(readonly engine: Engine) {
        engine.onProgress = (text, part) => {
            if (this.isRehearsing) return;
            this.busyPart = part;
            this.busy = text && text.replace(/^opening /, 'Reading ').replace(/^reading /, 'Reading ').replace(/^judging /, 'Judging ');
            if (part !== undefined) this.tell();
            else this.tellSoon();
        };
    }

    /// Something is being worked out that the person asked for.
    get isBusy(): boolean {
        return this.isComputing || this.tasks > 0;
    }
    async during<T>(work: Promise<T>): Promise<T> {
        this.tasks += 1;
        this.tell();
        try {
            return await work;
        } finally {
            this.tasks -= 1;
            if (this.isBusy) this.tellSoon();
            else this.tell();
        }
    }

    /// A reload would lose nothing from here on.
    keep(): void {
        this.saved = this.state;
    }
    get state(): State {
        return this.history.now;
    }
    get hasWork(): boolean {
        return this.state !== this.saved && !(isEmpty(this.state) && this.files.size === 0);
    }
    /// Of what more is to come: drawn when that takes longer than somebody would notice.
    tellSoon(): void {
        this.toTell ??= setTimeout(() => this.tell(), patience);
    }
    private toTell: ReturnType<typeof setTimeout> | undefined;
    listen(listener: () => void): () => void {
        this.listeners.add(listener);
        return () => this.listeners.delete(listener);
    }
    tell(): void {
        clearTimeout(this.toTell);
        this.toTell = undefined;
        for (const listener of this.listeners) listener();
    }

    async start(link: string): Promise<void> {
        for (const peer of todaysPeers) this.engine.hold(`${peerFolder}/${peer.file}`, new TextEncoder().encode(peer.text));
        await this.engine.warm();
        if (link) await this.open(link);
        else void this.rehearse().catch(() => undefined);
        this.tell();
    }

    // A browser compiles what is called when it is called first, and what is called often once more. So all that a first file asks for is done with one that says
    // nothing, step by step while nobody waits.
    private isRehearsing = false;
    private async rehearse(): Promise<void> {
        this.isRehearsing = true;
        const options = { format: ['json'] };
        const source = `reg:${rehearsal}`;
        const release = 'windows-server-2022';
        const status = { command: 'status', operands: [source], options };
        const sieve = () => this.engine.sieve(rehearsal, rehearsedExport(), status);
        const steps: (() => Promise<unknown>)[] = [
            () => this.engine.run({ command: 'status', operands: [`os:${release}`], options }),
            sieve,
            () => this.engine.run(status),
            () => this.giveOwn(),
            () => this.engine.run({ command: 'lint', operands: [source], options }),
            () => this.engine.run({ command: 'diff', operands: [ownProfile], options: { ...options, target: [source], peers: this.peerOptions } }),
            () => this.engine.run({ command: 'export', operands: [ownProfile], options: { ...options, os: [release] } }),
        ];
        // What reads the export takes longest, and is compiled for good after a few times.
        const turns = Array.from({ length: 16 }, (_, turn) => (turn < 3 ? steps : steps.filter((step) => step !== sieve)));
        try {
            for (const step of turns.flat()) {
                if (!this.engine.isFree) break;
                await step();
            }
        } finally {
            this.engine.forget(rehearsal);
            this.isRehearsing = false;
        }
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
        // Own settings count more than what they rest on: those that it is about give way.
        const outcome = await this.engine.run({ command: 'export', operands: [`./${file}`], options: { format: ['json'], ...(this.releaseId ? { os: [this.releaseId] } : {}) } });
        const about = (outcome.exit > 1 ? [] : read<Wanted>(outcome.output).settings).flatMap(({ name }) => (name ? [parts(name)] : []));
        const settings = Object.fromEntries(Object.entries(this.state.settings).filter(([path]) => !about.some((keys) => covers(parts(path), keys))));
        this.change({ layers: [...this.state.layers, { title, file, text }], settings });
    }

    // ---- files

    private freeName(name: string): string {
        const plain = name.replace(/[^A-Za-z0-9._-]/g, '_').replace(/^[.-]+/, '_').slice(-60) || 'file';
        let out = plain;
        for (let i = 2; this.files.has(out) || isOwn(out); ++i) out = `${i}-${plain}`;
        return out;
    }

    /// Gives the engine a file and says what it is. Its words where it is nothing that it reads.
    async drop(name: string, content: Blob): Promise<Dropped | string> {
        const small = content.size <= 1 << 20;
        let file = this.freeName(name);
        // A large export is read at once, and nothing else of it is looked at: what the engine takes in parts begins as an export.
        const said = !small && endsInReg(name) ? await this.engine.sieve(file, content, this.statusRequest(`reg:${file}`)) : undefined;
        const bytes = said ? new Uint8Array() : new Uint8Array(await (small ? content : content.slice(0, 64 << 10)).arrayBuffer());
        let kind: Kind = 'reg';
        if (!said) {
            const foreign = foreignWords(bytes);
            if (foreign) return `${shownName(name)} ${foreign}.`;
            kind = kindOf(name, bytes).kind;
            const ending = kind === 'policy' && bytes[0] !== 0x50 ? '.xml' : endings[kind];
            if (ending && !name.toLowerCase().endsWith(ending)) file = this.freeName(name + ending);
        }
        const dropped: Dropped = { name: file, shown: shownName(name), kind, size: content.size };
        try {
            if (!said) await this.engine.give(file, small ? bytes : content);
            const wrong = await this.recognise(dropped, bytes, said);
            if (wrong !== undefined) {
                this.engine.forget(file);
                return wrong.replaceAll(`./${file}`, file).replaceAll(file, dropped.shown);
            }
        } catch (error) {
            // A fresh engine is not given what the last one ended at.
            this.engine.forget(file);
            throw error;
        }
        this.files.set(file, dropped);
        this.tellSoon();
        return dropped;
    }

    // What a file is, the engine decides: it has to read it. `said`: its status, where that was asked for with the file.
    private async recognise(dropped: Dropped, bytes: Uint8Array<ArrayBuffer>, said: Outcome | undefined): Promise<string | undefined> {
        const { name, kind } = dropped;
        if (kind === 'reg' || kind === 'memory') {
            const spelling = `${kind}:${name}`;
            const outcome = said ?? (await this.engine.run(this.statusRequest(spelling)));
            if (outcome.exit > 1) return words(outcome);
            const status = read<Status>(outcome.output);
            dropped.release = status.os ?? undefined;
            // Where the file says its release, that is what will be asked of it.
            if (dropped.release) this.statuses.set(this.statusKey(spelling), status);
            dropped.notes = outcome.error.split('\n').filter(Boolean).map((line) => shown(line.replace(/^schancfg: /, '')).replaceAll(name, dropped.shown));
            // The managed part of a large file is all that counts; what is computed after each change need not read the rest again.
            if (dropped.size > 1 << 20 && kind === 'reg' && !this.engine.isSieved(name)) dropped.shortening = this.shorten(dropped).catch(() => undefined);
            return undefined;
        }
        if (isForeign(dropped)) {
            const made = await this.asProfile(name, this.releaseId);
            if (typeof made === 'string') return made;
            dropped.text = made.text;
            dropped.notes = made.notes.map((note) => note.replaceAll(name, dropped.shown));
            return undefined;
        }
        const request: Request =
            kind === 'profile'
                ? { command: 'export', operands: [`./${name}`], options: { format: ['json'], os: ['2022'] } }
                : { command: 'diff', options: { from: ['os:2022'], to: ['os:2022'], peers: [kind === 'scan' ? `scan:${name}` : `./${name}`], format: ['json'] } };
        const outcome = await this.engine.run(request);
        if (outcome.exit > 1) return kind === 'profile' && !isLikeProfile(dropped.shown, bytes) ? `${dropped.shown} is not a file that this page can read: ${unknownWords}.` : words(outcome);
        if (kind === 'profile') {
            const text = new TextDecoder(encodingOf(bytes)).decode(bytes);
            dropped.text = text;
        }
        return undefined;
    }

    /// A file of another tool as a profile, for a release or for any; the engine's words where it is none.
    private async asProfile(name: string, release: string | undefined): Promise<{ text: string; notes: string[] } | string> {
        const outcome = await this.engine.run({ command: 'export', operands: [`./${name}`], options: { format: ['toml'], ...(release ? { os: [release] } : {}) } });
        if (outcome.exit > 1) return words(outcome);
        const notes = outcome.error.split('\n').filter(Boolean).map((line) => shown(line.replace(/^schancfg: /, '')).replace('; --all lists them', ''));
        return { text: new TextDecoder().decode(outcome.output), notes };
    }

    /// A file that asks for settings, as what the settings start from.
    async use(file: Dropped): Promise<void> {
        if (!isForeign(file)) return this.change({ layers: [{ title: file.shown, file: file.name, text: file.text ?? '' }], template: undefined, settings: {} });
        const made = `${file.name}.toml`;
        await this.engine.give(made, new TextEncoder().encode(file.text ?? ''));
        this.change({ layers: [{ title: file.shown, file: made, text: file.text ?? '', of: file.name }], template: undefined, settings: {} });
    }

    private readonly madeFor = new Map<string, string>(); // a layer's file: the release that it was made for
    private async remake(release: string): Promise<void> {
        for (const { of, file } of this.state.layers) {
            if (!of || this.madeFor.get(file) === release) continue;
            const made = await this.asProfile(of, release);
            if (typeof made === 'string') throw new Error(made);
            await this.engine.give(file, new TextEncoder().encode(made.text));
            this.madeFor.set(file, release);
        }
    }

    /// Makes a file of the managed part of an export, where that says the same.
    async shorten(dropped: Dropped): Promise<void> {
        const file = shortPrefix + dropped.name;
        const target = { target: [`reg:${dropped.name}`] };
        const whole = await this.engine.run({ command: 'status', operands: [`reg:${dropped.name}`], options: { format: ['json'] } });
        if (whole.exit > 1) return;
        const status = read<Status>(whole.output);
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
        // The managed part alone does not say its release.
        return `${file.kind === 'policy' ? 'gpo' : file.kind}:${file.short ?? file.name}${own && !file.short ? '' : `@${own ?? release}`}`;
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

    /// The options that say which updates are installed.
    get updates(): Record<string, string[]> {
        return this.state.updates.length > 0 ? { update: [...this.state.updates] } : {};
    }

    private statusKey(spelling: string): string {
        return [spelling, ...this.state.updates].join();
    }

    // What is to be asked for a status, where it is not known yet.
    private unknownStatus(spelling: string): Request | undefined {
        if (this.statuses.has(this.statusKey(spelling))) return undefined;
        return this.statusRequest(spelling);
    }
    private statusRequest(spelling: string): Request {
        return { command: 'status', operands: [spelling], options: { format: ['json'], ...this.updates } };
    }

    // The status that is known, or what the engine said now; undefined where it could not say one.
    private statusOf(spelling: string, said: Outcome | undefined): Status | undefined {
        const key = this.statusKey(spelling);
        if (said && said.exit <= 1) this.statuses.set(key, read<Status>(said.output));
        return this.statuses.get(key);
    }

    /// Asks for everything that follows from the state. What was asked for an older state is dropped.
    async judge(): Promise<void> {
        const wish = ++this.wish;
        this.isComputing = true;
        // A file that was read: what comes of it is not far.
        if (this.tasks > 0) this.tellSoon();
        else this.tell();
        try {
            // A trap takes the instance, not the question: a fresh one is asked once more.
            const judged = await this.compute(wish).catch((error: unknown) => {
                if (!(error instanceof Trap) || error instanceof Cancelled || wish !== this.wish) throw error;
                return this.compute(wish);
            });
            if (wish !== this.wish) return;
            if (judged) this.judged = judged;
            this.problem = undefined;
        } catch (error) {
            if (wish !== this.wish) return;
            this.problem =
                error instanceof Cancelled
                    ? 'Stopped, as you asked. Undo the last change, or try again.'
                    : error instanceof Trap
                    ? `The engine stopped (${error.message}). A fresh one has taken over; nothing that you entered is lost. Undo the last change, or try again.`
                    : error instanceof Error ? error.message : String(error);
        }
        this.isComputing = false;
        this.tell();
        void this.addDefault(wish).catch(() => undefined);
    }

    // What the release does by default, Start does not show: it is asked for when the rest is there.
    private async addDefault(wish: number): Promise<void> {
        const { judged, releaseId } = this;
        if (!judged || judged.byDefault || !releaseId) return;
        const untouched = `os:${releaseId}`;
        const request = this.unknownStatus(untouched);
        const byDefault = this.statusOf(untouched, request && (await this.engine.run(request)));
        if (wish !== this.wish || !byDefault) return;
        this.judged = { ...judged, byDefault };
        this.tell();
    }

    private async compute(wish: number): Promise<Judged | undefined> {
        const release = this.releaseId;
        if (!this.spelling() || !release) {
            this.judged = undefined;
            return undefined;
        }
        const start = performance.now();
        if (this.state.source) await this.files.get(this.state.source)?.shortening;
        const spelling = this.spelling();
        if (!spelling || wish !== this.wish) return undefined;
        await this.remake(release);
        const own = ownProfile;
        const untouched = `os:${release}`;
        const json = { format: ['json'], ...this.updates };
        // Where nothing is asked for, what the machine holds is what can be wrong.
        const source = this.state.source ? this.files.get(this.state.source) : undefined;
        const linted = isEmpty(this.state) && source ? { operands: [spelling], options: { ...json, ...(source.release && !source.short ? { os: [source.release] } : {}) } } : { operands: [own], options: { ...json, os: [release] } };
        const said = await this.engine.ask(
            {
                before: this.unknownStatus(spelling),
                diff: { command: 'diff', operands: [own], options: { ...json, target: [spelling], peers: this.peerOptions } },
                lint: { command: 'lint', ...linted },
                wanted: { command: 'export', operands: [own], options: { format: ['json'], os: [release] } },
                byDefault: this.view === 'start' ? undefined : this.unknownStatus(untouched),
            },
            [[own, this.ownBytes()]],
            () => wish === this.wish,
        );
        if (!said) return undefined;
        const { diff, lint, wanted } = said;
        const before = this.statusOf(spelling, said.before);
        if (!before) throw new Error(said.before && words(said.before));
        if (!diff || diff.exit > 1) throw new Error(diff && words(diff));
        return {
            before,
            byDefault: this.statusOf(untouched, said.byDefault),
            diff: read<Diff>(diff.output),
            findings: [...(await this.findingsOfTemplate(release)), ...(!lint || lint.exit > 1 ? [] : read<Lint>(lint.output).findings)],
            wanted: !wanted || wanted.exit > 1 ? { settings: [] } : read<Wanted>(wanted.output),
            base: await this.baseOf(release),
            milliseconds: performance.now() - start,
        };
    }

    private base: { key: string; wanted: Wanted } | undefined;
    private async baseOf(release: string): Promise<Wanted> {
        const { template, layers } = this.state;
        if (!template && layers.length === 0) return { settings: [] };
        const key = JSON.stringify([template, layers, release]);
        if (this.base?.key !== key) {
            const file = baseProfile;
            await this.engine.give(file, new TextEncoder().encode(profileOf({ ...this.state, settings: {} })));
            const outcome = await this.engine.run({ command: 'export', operands: [`./${file}`], options: { format: ['json'], os: [release] } });
            this.base = { key, wanted: outcome.exit > 1 ? { settings: [] } : read<Wanted>(outcome.output) };
        }
        return this.base.wanted;
    }

    async giveOwn(): Promise<void> {
        await this.engine.give(ownProfile, this.ownBytes());
    }
    private ownBytes(): Uint8Array<ArrayBuffer> {
        return new TextEncoder().encode(this.profile());
    }

    /// How the engine spells the machine with what is chosen.
    async after(): Promise<string> {
        await this.giveOwn();
        if (!this.state.source) return `profile:${ownProfile}@${this.releaseId}`;
        const written = 'after';
        const outcome = await this.engine.run({ command: 'apply', operands: [ownProfile], options: { target: [this.spelling() ?? ''], output: [written] } }, [written]);
        const bytes = outcome.written[written];
        if (outcome.exit > 1 || !bytes) throw new Error(words(outcome));
        await this.engine.give(stateAfter, new Uint8Array(bytes));
        return `reg:${stateAfter}@${this.releaseId}`;
    }

    // A template says whom it is for; what extends it does not inherit that.
    private readonly ofTemplates = new Map<string, Finding[]>();
    private async findingsOfTemplate(release: string): Promise<Finding[]> {
        const { template } = this.state;
        if (!template) return [];
        const key = `${template} ${release}`;
        let found = this.ofTemplates.get(key);
        if (!found) {
            const lint = await this.engine.run({ command: 'lint', operands: [template], options: { format: ['json'], os: [release] } });
            found = lint.exit > 1 ? [] : read<Lint>(lint.output).findings.filter((finding) => finding.rule === 'release-outside');
            this.ofTemplates.set(key, found);
        }
        return found;
    }

    /// What lint finds with a setting at another word, to see whether that helps.
    async findingsWith(path: string, value: Setting | undefined): Promise<Finding[]> {
        const settings = { ...this.state.settings };
        if (value === undefined) delete settings[path];
        else settings[path] = value;
        const file = triedProfile;
        await this.engine.give(file, new TextEncoder().encode(profileOf({ ...this.state, settings })));
        const lint = await this.engine.run({ command: 'lint', operands: [`./${file}`], options: { format: ['json'], ...this.updates, ...(this.releaseId ? { os: [this.releaseId] } : {}) } });
        if (lint.exit > 1) throw new Error(words(lint));
        return read<Lint>(lint.output).findings;
    }

    // ---- a link

    private async open(link: string): Promise<void> {
        const linked = await fromLink(link);
        if (!linked) {
            this.notice = 'The link is damaged, or was made by another version: nothing was taken from it.';
            return;
        }
        const missing: string[] = [];
        for (const file of linked.files) {
            const dropped = await this.drop(file.name, new Blob([bytesOf(file.bytes)]));
            if (typeof dropped !== 'string') dropped.shown = shownName(file.shown);
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
