// The page: its views, its keys, and what it asks before anything is lost.
import { options, render, type JSX } from 'preact';
import { useEffect, useReducer } from 'preact/hooks';
import { App, type View } from './app';
import { Doctor } from './doctor';
import { Effect } from './effect';
import { engineOfPage } from './engine';
import { Settings } from './settings';
import { Start } from './start';
import { TakeAway } from './take';

const views: [View, string][] = [
    ['start', 'Start'],
    ['settings', 'Settings'],
    ['effect', 'Effect'],
    ['doctor', 'Doctor'],
    ['take', 'Take away'],
];

function Page({ app }: { app: App }): JSX.Element {
    const [, again] = useReducer((count: number) => count + 1, 0);
    useEffect(() => app.listen(() => again(undefined)), []);
    return (
        <>
            <a class="skip" href="#main" onClick={(event) => { event.preventDefault(); document.getElementById('main')?.focus(); }}>
                To the content
            </a>
            <header>
                <h1>schancfg</h1>
                <nav aria-label="Views">
                    {views.map(([view, title]) => (
                        <button key={view} type="button" aria-current={app.view === view ? 'page' : undefined} onClick={() => app.show(view)}>
                            {title}
                        </button>
                    ))}
                </nav>
                <div class="history">
                    <button type="button" disabled={!app.history.canUndo} onClick={() => app.undo()} title="Ctrl+Z">
                        Undo
                    </button>
                    <button type="button" disabled={!app.history.canRedo} onClick={() => app.redo()} title="Ctrl+Y">
                        Redo
                    </button>
                </div>
            </header>
            <div class="busy" role="status">
                {app.busy && (
                    <div class="bar">
                        <span>{app.busy}…</span>
                        <progress aria-label={app.busy} value={app.busyPart} />
                        <button type="button" onClick={() => app.engine.cancel()}>
                            Stop
                        </button>
                    </div>
                )}
                {app.notice && <p>{app.notice}</p>}
            </div>
            <main id="main" tabIndex={-1} aria-busy={app.isBusy} class={app.view === 'settings' ? 'beside' : ''}>
                <div class="view">
                    {app.view === 'start' && <Start app={app} />}
                    {app.view === 'settings' && <Settings app={app} />}
                    {app.view === 'effect' && <Effect app={app} />}
                    {app.view === 'doctor' && <Doctor app={app} />}
                    {app.view === 'take' && <TakeAway app={app} />}
                </div>
                {app.view === 'settings' && (
                    <aside>
                        <Effect app={app} aside />
                    </aside>
                )}
            </main>
        </>
    );
}

// What is seen follows what is asked: the engine has its question before the page is drawn anew.
options.debounceRendering = (draw) => void setTimeout(draw);

const app = new App(engineOfPage());

document.addEventListener('keydown', (event) => {
    const target = event.target as HTMLElement;
    const typing = target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && ['text', 'number', ''].includes(target.type));
    if (typing || !(event.ctrlKey || event.metaKey) || event.altKey) return;
    const key = event.key.toLowerCase();
    if (key === 'z' && !event.shiftKey) app.undo();
    else if (key === 'y' || (key === 'z' && event.shiftKey)) app.redo();
    else return;
    event.preventDefault();
});

window.addEventListener('beforeunload', (event) => {
    if (app.hasWork) event.preventDefault();
});

// A file dropped beside its place would take the page away.
for (const kind of ['dragover', 'drop'] as const) document.addEventListener(kind, (event) => event.preventDefault());

window.addEventListener('hashchange', () => location.reload());

const root = document.getElementById('page');
if (root) {
    root.textContent = '';
    render(<Page app={app} />, root);
    app.start(location.hash.slice(1)).catch((error: unknown) => {
        app.problem = `The engine did not start: ${error instanceof Error ? error.message : String(error)}. It needs a browser with WebAssembly and workers.`;
        app.notice = app.problem;
        app.tell();
    });
}
