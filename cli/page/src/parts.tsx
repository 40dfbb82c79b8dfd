// Pieces that several views share.
import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { App } from './app';
import { words } from './app';
import { document as read, type Explanation } from './documents';

/// A mark beside what is not certain, with its reason for readers of a screen as well.
export function Uncertain({ certain }: { certain: boolean | undefined }): JSX.Element | null {
    if (certain !== false) return null;
    return (
        <abbr class="uncertain" title="not certain: the sources are silent or disagree">
            not certain
        </abbr>
    );
}

const stateClass: Record<string, string> = { on: 'on', 'on-request': 'request', off: 'off', 'not-supported': 'none', uncertain: 'unsure' };
const stateWord: Record<string, string> = { 'on-request': 'on request', 'not-supported': 'not supported' };

export function StateWord({ state }: { state: string }): JSX.Element {
    const why = state === 'uncertain' ? 'not certain: the sources are silent or disagree' : undefined;
    return (
        <span class={`state ${stateClass[state] ?? ''}`} title={why}>
            {stateWord[state] ?? state}
        </span>
    );
}

export function Severity({ severity }: { severity: string }): JSX.Element {
    return <span class={`severity ${severity}`}>{severity}</span>;
}

/// What the engine knows about a word, in place, when it is asked for.
export function Explain({ app, word }: { app: App; word: string }): JSX.Element {
    const [open, setOpen] = useState(false);
    const [found, setFound] = useState<Explanation[] | string>();
    useEffect(() => {
        if (!open || found !== undefined) return;
        app.engine.run({ command: 'explain', operands: [word], options: { format: ['json'] } }).then(
            (outcome) => setFound(outcome.exit > 1 ? words(outcome) : read<{ explanations: Explanation[] }>(outcome.output).explanations),
            (error: unknown) => setFound(String(error)),
        );
    }, [open]);
    return (
        <span class="explain">
            <button type="button" class="quiet" aria-expanded={open} aria-label={`Explain ${word}`} onClick={() => setOpen(!open)}>
                ?
            </button>
            {open && (
                <div class="panel" role="region" aria-label={`About ${word}`}>
                    {found === undefined && <p>…</p>}
                    {typeof found === 'string' && <p>{found}</p>}
                    {Array.isArray(found) && found.map((each) => <Explained key={each.kind + each.name} what={each} />)}
                </div>
            )}
        </span>
    );
}

function Explained({ what }: { what: Explanation }): JSX.Element {
    return (
        <div>
            <p>
                <strong>{what.name}</strong> ({what.kind}): {what.summary}
            </p>
            <dl>
                {what.details.map((detail) => (
                    <div key={detail.label + detail.text}>
                        <dt>{detail.label}</dt>
                        <dd>{detail.text}</dd>
                    </div>
                ))}
            </dl>
            {what.sources?.length > 0 && <p class="faint">Sources: {what.sources.join('; ')}</p>}
        </div>
    );
}

// When the page itself is opened, its beginning has the focus.
let isFirst = true;

/// A heading that takes the focus when its view is opened, so that a reader of the screen hears where it is.
export function ViewTitle({ children }: { children: ComponentChildren }): JSX.Element {
    const title = useRef<HTMLHeadingElement>(null);
    useEffect(() => {
        if (!isFirst) title.current?.focus({ preventScroll: true });
        isFirst = false;
    }, []);
    return (
        <h2 tabIndex={-1} ref={title}>
            {children}
        </h2>
    );
}

export function plural(count: number, one: string, many = `${one}s`): string {
    return `${count} ${count === 1 ? one : many}`;
}

export function save(name: string, bytes: Uint8Array<ArrayBuffer> | string, type: string): void {
    const address = URL.createObjectURL(new Blob([bytes], { type }));
    const link = document.createElement('a');
    link.href = address;
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
