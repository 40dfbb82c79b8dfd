// What is taken away: texts that the engine writes, and the link.
import { type App, words } from './app';
import type { Wanted } from './documents';
import type { Request } from './engine';
import { spelledOut } from './shorter';
import { isEmpty, ownProfile, shorterProfile, textOf, toLink } from './state';

// What a profile writes, without where it says so.
const valuesOf = (json: string): string =>
    JSON.stringify((JSON.parse(json) as Wanted).settings.map(({ key, value, type, data, hex }) => JSON.stringify([key, value, type, data, hex])).sort());

/// The whole profile in one text, without what a shipped template says already.
export async function profileText(app: App): Promise<string> {
    const asWritten = app.profile();
    if (isEmpty(app.state) || (app.state.template && app.state.layers.length === 0)) return asWritten;
    await app.giveOwn();
    const told = async (operand: string, format: string, release: string | undefined): Promise<string | Error> => {
        const outcome = await app.engine.run({ command: 'export', operands: [operand], options: { format: [format], ...(release ? { os: [release] } : {}) } });
        return outcome.exit > 1 ? new Error(words(outcome)) : new TextDecoder().decode(outcome.output);
    };
    const own = ownProfile;
    const single = app.state.layers.length === 0 ? asWritten : undefined;
    // For every release where that can be said; else, as patterns of suites are worked out for one, for the one that is looked at.
    let shortest: string | undefined = single;
    let refused: Error | undefined;
    for (const release of single === undefined && app.releaseId ? [undefined, app.releaseId] : [undefined]) {
        const whole = await told(own, 'toml', release);
        const same = await told(own, 'json', release);
        if (whole instanceof Error || same instanceof Error) {
            refused = whole instanceof Error ? whole : refused;
            continue;
        }
        shortest ??= whole;
        const templates = [];
        for (const { name } of app.profiles) {
            const text = await told(name, 'toml', release);
            if (typeof text === 'string') templates.push({ name, text });
        }
        for (const text of spelledOut(whole, templates)) {
            if (text.length >= shortest.length) continue;
            const file = shorterProfile;
            await app.engine.give(file, new TextEncoder().encode(text));
            const got = await told(file, 'json', release);
            if (typeof got === 'string' && valuesOf(got) === valuesOf(same)) shortest = text;
        }
    }
    if (shortest === undefined) throw refused ?? new Error('nothing is chosen');
    return shortest;
}

export async function exported(app: App, format: string): Promise<Uint8Array<ArrayBuffer>> {
    await app.giveOwn();
    const spelling = app.spelling();
    const request: Request =
        format === 'markdown'
            ? { command: 'diff', operands: [ownProfile], options: { format: ['markdown'], target: [spelling ?? ''], peers: app.peerOptions, ...app.updates } }
            : { command: 'export', operands: [ownProfile], options: { format: [format], ...(app.releaseId ? { os: [app.releaseId] } : {}) } };
    const outcome = await app.engine.run(request);
    if (outcome.exit > 1) throw new Error(words(outcome));
    return outcome.output;
}

/// What follows the `#`, and the names of files that are too large to go along.
export async function linkOf(app: App): Promise<{ hash: string; left: string[] }> {
    const left: string[] = [];
    const files = [];
    for (const file of app.files.values()) {
        if (file.kind === 'reg' && !file.short && app.engine.content(file.name) instanceof Blob) await app.shorten(file).catch(() => undefined);
        const bytes = app.engine.content(file.short ?? file.name);
        if (!bytes || file.kind === 'layer') continue;
        if (bytes instanceof Blob || bytes.length > 256 << 10) left.push(file.shown);
        else files.push({ name: file.name, shown: file.shown, kind: file.kind, bytes: textOf(bytes) });
    }
    app.keep();
    return { hash: await toLink({ state: app.state, files }), left };
}
