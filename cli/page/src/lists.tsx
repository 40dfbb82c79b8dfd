// Cipher suites and curves: lists whose order counts, moved by mouse or by keyboard.
import type { JSX } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { App, Judged } from './app';
import type { NamedValue } from './documents';
import { Explain, Uncertain } from './parts';

interface Item {
    name: string;
    usable: boolean;
    certain?: boolean | undefined;
    blocked?: string;
}

export function Lists({ app, judged }: { app: App; judged: Judged }): JSX.Element {
    const suites = (judged.before.cipher_suites ?? []).map((suite) => ({
        name: suite.name,
        usable: suite.usable,
        certain: suite.certain,
        blocked: (suite.blocked_by ?? []).map((each) => (typeof each === 'string' ? each : (each.name ?? ''))).filter(Boolean).join(', '),
    }));
    const curves = (judged.before.curves ?? []).map(({ name, usable, certain }) => ({ name, usable, certain }));
    return (
        <>
            <List app={app} judged={judged} title="Cipher suites" section="cipher_suites" items={suites} globs />
            <List app={app} judged={judged} title="Elliptic curves" section="elliptic_curves" items={curves} globs={false} />
        </>
    );
}

// A list is one value: names with commas in a policy, an array elsewhere.
function names(value: NamedValue | undefined): string[] | undefined {
    const data = value?.data;
    if (Array.isArray(data)) return data;
    return typeof data === 'string' ? data.split(',').map((name) => name.trim()).filter(Boolean) : undefined;
}

function List({ app, judged, title, section, items, globs }: { app: App; judged: Judged; title: string; section: string; items: Item[]; globs: boolean }): JSX.Element {
    const at = (list: string, member: string): string => `${section}.${list}.${member}`;
    const [announced, setAnnounced] = useState('');
    const value = (name: string): NamedValue | undefined => judged.wanted.settings.find((each) => each.name === name);
    const inPolicy = names(value(at('policy', 'order')));
    const inLocal = names(value(at('local', 'order')));
    const own = (member: string): string => {
        const found = app.state.settings[at('policy', member)];
        return Array.isArray(found) ? found.join(', ') : '';
    };
    const asked = inPolicy ?? inLocal;
    const list = asked ?? items.map((item) => item.name);
    // A row that moves loses the focus: it gets it back where it stands then, before the next key.
    const rows = useRef<HTMLOListElement>(null);
    const moved = useRef<{ name: string; label: string } | undefined>(undefined);
    useLayoutEffect(() => {
        const { current } = moved;
        moved.current = undefined;
        const row = current && [...(rows.current?.children ?? [])].find((each) => each.getAttribute('data-name') === current.name);
        const buttons = [...(row?.querySelectorAll('button') ?? [])].filter((button) => !button.disabled);
        (buttons.find((button) => button.getAttribute('aria-label') === current?.label) ?? buttons.at(-2) ?? buttons[0])?.focus();
    }, [list.join()]);
    const missing = items.filter((item) => !list.includes(item.name));
    const isOwn = Object.keys(app.state.settings).some((path) => path.startsWith(`${section}.`));

    const change = (next: string[]): void => {
        const settings = Object.fromEntries(Object.entries(app.state.settings).filter(([path]) => !path.startsWith(`${section}.policy.`)));
        app.change({ settings: { ...settings, [at('policy', 'order')]: next } });
    };
    const move = (from: number, to: number): void => {
        const name = list[from];
        if (name === undefined || to < 0 || to >= list.length || from === to) return;
        const next = list.filter((_, index) => index !== from);
        next.splice(to, 0, name);
        moved.current = { name, label: document.activeElement?.getAttribute('aria-label') ?? '' };
        setAnnounced(`${name} is now ${to + 1} of ${list.length}`);
        change(next);
    };
    const patterns = (member: 'without' | 'first', text: string): void => {
        const settings = { ...app.state.settings };
        delete settings[at('policy', 'order')];
        const found = text.split(/[\s,]+/).filter(Boolean);
        if (found.length > 0) settings[at('policy', member)] = found;
        else delete settings[at('policy', member)];
        app.change({ settings });
    };
    return (
        <>
            <h3 id={section}>{title}</h3>
            <p class={list.length === 0 ? 'unseen' : 'facts'}>
                {asked ? 'As your settings order them' : 'As the machine has them now'}; the first that both ends know is taken. Drag a row, or move it with its buttons or Alt and the arrow keys.{' '}
                {isOwn && (
                    <button
                        type="button"
                        onClick={() => app.change({ settings: Object.fromEntries(Object.entries(app.state.settings).filter(([path]) => !path.startsWith(`${section}.`))) })}
                    >
                        Leave the list alone
                    </button>
                )}
            </p>
            {globs && (
                <div class="two pair">
                    <p>
                        <label for={`${section}-without`}>Without (names, or patterns such as *_CBC_*)</label>
                        <input id={`${section}-without`} value={own('without')} spellcheck={false} onChange={(event) => patterns('without', event.currentTarget.value)} />
                    </p>
                    <p>
                        <label for={`${section}-first`}>First (moved to the front)</label>
                        <input id={`${section}-first`} value={own('first')} spellcheck={false} onChange={(event) => patterns('first', event.currentTarget.value)} />
                    </p>
                </div>
            )}
            <p class="unseen" role="status">
                {announced}
            </p>
            <ol class="order" aria-label={title} ref={rows}>
                {list.map((name, index) => {
                    const item = items.find((each) => each.name === name);
                    return (
                        <li
                            key={name}
                            data-name={name}
                            draggable
                            onDragStart={(event) => event.dataTransfer?.setData('text/plain', `${section}:${index}`)}
                            onDragOver={(event) => event.preventDefault()}
                            onDrop={(event) => {
                                event.preventDefault();
                                const [where, from] = (event.dataTransfer?.getData('text/plain') ?? '').split(':');
                                if (where === section) move(Number(from), index);
                            }}
                            onKeyDown={(event) => {
                                if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
                                event.preventDefault();
                                move(index, index + (event.key === 'ArrowUp' ? -1 : 1));
                            }}
                        >
                            <span class="grip" aria-hidden="true">
                                ⠿
                            </span>
                            <span class="name">{name}</span>
                            <span class="facts">
                                {item ? (item.usable ? 'usable now' : `not usable now${item.blocked ? `: ${item.blocked}` : ''}`) : 'not in the list now'} <Uncertain certain={item?.certain} />
                            </span>
                            <span class="moves">
                                <Explain app={app} word={name} />
                                <button type="button" class="quiet" aria-label={`Move ${name} up`} disabled={index === 0} onClick={() => move(index, index - 1)}>
                                    ↑
                                </button>
                                <button type="button" class="quiet" aria-label={`Move ${name} down`} disabled={index === list.length - 1} onClick={() => move(index, index + 1)}>
                                    ↓
                                </button>
                                <button type="button" class="quiet" aria-label={`Take ${name} out`} disabled={list.length === 1} onClick={() => change(list.filter((each) => each !== name))}>
                                    ✕
                                </button>
                            </span>
                        </li>
                    );
                })}
            </ol>
            {missing.length > 0 && (
                <details>
                    <summary>{missing.length} of the machine’s list are left out</summary>
                    <ul class="order">
                        {missing.map((item) => (
                            <li key={item.name}>
                                <span class="name">{item.name}</span>
                                <button type="button" onClick={() => change([...list, item.name])}>
                                    Add<span class="unseen"> {item.name}</span>
                                </button>
                            </li>
                        ))}
                    </ul>
                </details>
            )}
            {list.length === 0 && <p>This release has no such list.</p>}
        </>
    );
}
