// A profile that the engine spelled out, as what it adds to a shipped template. Both texts are the engine's own, so that equal entries are equal texts; the
// result is only a proposal: who takes it asks the engine whether it writes the same values.
export interface Entries {
    head: string[]; // what stands before the first section
    sections: Map<string, Map<string, string>>; // section: key: the whole entry
}

export function entries(text: string): Entries {
    const out: Entries = { head: [], sections: new Map() };
    let section: Map<string, string> | undefined;
    let key: string | undefined;
    for (const line of text.split('\n')) {
        const header = /^\[(.+)\]\s*$/.exec(line);
        const entry = /^("(?:[^"\\]|\\.)*"|[A-Za-z0-9_-]+) = /.exec(line);
        if (header?.[1] !== undefined && (key === undefined || section !== undefined)) {
            section = new Map();
            out.sections.set(header[1], section);
            key = undefined;
        } else if (!section) {
            if (line.trim()) out.head.push(line);
        } else if (entry?.[1] !== undefined) {
            key = entry[1];
            section.set(key, line);
        } else if (key !== undefined && line.trim()) {
            section.set(key, `${section.get(key)}\n${line}`);
        }
    }
    return out;
}

function added(whole: Entries, base: Entries): { lines: string[]; count: number } {
    const lines: string[] = [];
    let count = 0;
    for (const header of new Set([...whole.sections.keys(), ...base.sections.keys()])) {
        const own = whole.sections.get(header) ?? new Map<string, string>();
        const given = base.sections.get(header) ?? new Map<string, string>();
        const kept = [...own].filter(([key, entry]) => given.get(key) !== entry).map(([, entry]) => entry);
        const dropped = [...given.keys()].filter((key) => !own.has(key)).map((key) => `${key} = "unmanaged"`);
        if (kept.length + dropped.length === 0) continue;
        count += kept.length + dropped.length;
        lines.push('', `[${header}]`, ...kept, ...dropped);
    }
    return { lines, count };
}

/// Profiles that should say the same as `whole` with `extends`, the shortest first; none where no template helps.
export function spelledOut(whole: string, templates: { name: string; text: string }[]): string[] {
    const parsed = entries(whole);
    const all = [...parsed.sections.values()].reduce((sum, section) => sum + section.size, 0);
    const head = parsed.head.filter((line) => !line.startsWith('extends')).map((line) => line.replace(/^name = .*/, 'name = "My settings"'));
    if (!head.some((line) => line.startsWith('name = '))) head.push('name = "My settings"');
    return templates
        .filter(({ text }) => text !== '')
        .map(({ name, text }) => ({ name, ...added(parsed, entries(text)) }))
        .filter(({ count }) => count < all)
        .sort((one, other) => one.count - other.count)
        .slice(0, 3)
        .map(({ name, lines }) => [...head, `extends = ["${name}"]`, ...lines, ''].join('\n'));
}
