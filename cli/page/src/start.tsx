// Start: which machine is looked at, by its release or by a file.
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { App } from './app';
import { words } from './app';
import { shownName } from './documents';
import { Cancelled, Trap } from './engine';
import { type Dropped, isAsking, isState, kindWords, largest } from './files';
import { save, ViewTitle } from './parts';

const wanted =
    'A registry export (.reg) or what collect.cmd gathered, a profile (.toml), a template of IIS Crypto (.ictpl), a Group Policy (.pol, Registry.xml), a scan (nmap, sslscan, sslyze, testssl, SSL Labs) or a peer file';

const none: string[] = [];

export function Start({ app }: { app: App }): JSX.Element {
    const [problems, setProblems] = useState<string[]>(none);
    const [difference, setDifference] = useState<{ title: string; text: string }>();
    const [pair, setPair] = useState<Dropped[]>(); // that was compared
    const [over, setOver] = useState(false);
    const [pasted, setPasted] = useState('');

    const take = async (files: { name: string; content: Blob }[]): Promise<void> => {
        setProblems(none);
        setDifference(undefined);
        setPair(undefined);
        const wrong: string[] = [];
        const good: Dropped[] = [];
        for (const file of files) {
            if (file.content.size > largest) {
                wrong.push(`${shownName(file.name)} is larger than 512 MiB`);
                continue;
            }
            try {
                const found = await app.drop(file.name, file.content);
                if (typeof found === 'string') wrong.push(found);
                else good.push(found);
            } catch (error) {
                const why = error instanceof Cancelled ? 'stopped, as you asked' : error instanceof Trap ? `the engine stopped at it (${error.message}), and a fresh one has taken over` : String(error);
                wrong.push(`${shownName(file.name)} could not be read: ${why}.`);
            }
        }
        app.busy = app.busyPart = undefined;
        setProblems(wrong.length > 0 ? wrong : none);
        const states = good.filter(isState);
        const profiles = good.filter(isAsking);
        if (states.length === 2 || profiles.length === 2) {
            const both = states.length === 2 ? states : profiles;
            setDifference(await compare(app, both));
            setPair(both);
        }
        for (const file of profiles.slice(0, profiles.length === 2 ? 0 : 1)) {
            await app.use(file);
        }
        if (states[0]) app.change({ source: states[0].name, release: states[0].release ?? app.state.release });
        if (states[0] && states.length > 2) app.notice = `${states.length} exports were read, and ${states[0].shown} is looked at. To compare two of them, drop just these two.`;
        app.tellSoon();
    };
    const dropped = (list: FileList | null | undefined): void => {
        const files = [...(list ?? [])].map((file) => ({ name: file.name, content: file }));
        if (files.length > 0) void app.during(take(files));
    };
    const files = [...app.files.values()].filter((file) => file.kind !== 'layer');
    const source = app.state.source ? app.files.get(app.state.source) : undefined;
    const asks = source !== undefined && !source.release;
    // On a phone what comes of a file is below what is seen.
    const shown = useRef(files.length);
    useEffect(() => {
        const next = document.querySelector('.card.asks') ?? document.querySelector('.continue') ?? document.querySelector('.files');
        if (files.length > shown.current) next?.scrollIntoView({ block: 'nearest' });
        shown.current = files.length;
    }, [files.length]);
    return (
        <section aria-labelledby="start-title">
            <ViewTitle>
                <span id="start-title">Which machine?</span>
            </ViewTitle>
            <p class="faint">Everything happens in this page: nothing is sent anywhere, and nothing is written to any machine.</p>
            <div class="two">
                <div
                    class={`card drop${over ? ' over' : ''}`}
                    onDragOver={(event) => {
                        event.preventDefault();
                        setOver(true);
                    }}
                    onDragLeave={() => setOver(false)}
                    onDrop={(event) => {
                        event.preventDefault();
                        setOver(false);
                        const folders = [...(event.dataTransfer?.items ?? [])].map((item) => item.webkitGetAsEntry?.()).filter((entry) => entry?.isDirectory);
                        if (folders.length > 0) {
                            setProblems(folders.map((folder) => `${shownName(folder?.name ?? '')} is a folder: drop the files that are in it.`));
                            return;
                        }
                        dropped(event.dataTransfer?.files);
                    }}
                >
                    <h3>From a file</h3>
                    <p>{wanted}. Drop it here, or two of a kind to compare them.</p>
                    <label class="button">
                        Choose files
                        <input type="file" multiple class="hidden-input" onChange={(event) => {
                            dropped(event.currentTarget.files);
                            event.currentTarget.value = ''; // so that the same file, changed since, can be chosen again
                        }} />
                    </label>
                    <details>
                        <summary>Paste instead</summary>
                        <div>
                        <label for="pasted">Text of a .reg file, a profile, a scan or a peer</label>
                        <textarea id="pasted" rows={6} spellcheck={false} value={pasted} onInput={(event) => setPasted(event.currentTarget.value)} />
                        <button
                            type="button"
                            disabled={pasted.trim() === ''}
                            onClick={() => {
                                void app.during(take([{ name: 'pasted', content: new Blob([pasted]) }]));
                            }}
                        >
                            Read it
                        </button>
                        </div>
                    </details>
                    <details>
                        <summary>How do I get one from a server?</summary>
                        <div>
                            <p>
                                This script gathers everything that counts, with the release, and changes nothing: run it on the server as an administrator, and bring the .reg file here that it
                                writes beside itself.
                            </p>
                            <p>
                                <button type="button" onClick={() => void app.during(saveCollect(app))}>
                                    Save collect.cmd
                                </button>
                            </p>
                            <p>Or the main part alone, in a prompt of an administrator:</p>
                            <pre>reg export HKLM\SYSTEM\CurrentControlSet\Control\SecurityProviders\SCHANNEL schannel.reg</pre>
                        </div>
                    </details>
                </div>
                <div class={`card${asks && !app.state.release ? ' asks' : ''}`}>
                    <h3>{asks ? 'Which Windows is it from?' : 'A Windows release'}</h3>
                    <p>{asks ? `${source.shown} does not say it, and it decides what Windows does.` : 'As it is when it is installed, with nothing changed.'}</p>
                    <label for="release">Release</label>
                    <select
                        id="release"
                        value={app.state.release ?? ''}
                        onChange={(event) => {
                            app.change({ release: event.currentTarget.value || undefined });
                            // Two files that do not say theirs have effects from now on.
                            if (pair) void app.during(compare(app, pair)).then(setDifference);
                        }}
                        disabled={source?.release !== undefined}
                    >
                        <option value="">Choose a release…</option>
                        <optgroup label="Servers">
                            {app.releases.filter((release) => release.name.includes('Server')).map((release) => (
                                <option key={release.id} value={release.id}>
                                    {release.name}
                                </option>
                            ))}
                        </optgroup>
                        <optgroup label="Clients">
                            {app.releases.filter((release) => !release.name.includes('Server')).map((release) => (
                                <option key={release.id} value={release.id}>
                                    {release.name}
                                </option>
                            ))}
                        </optgroup>
                    </select>
                    {source?.release && <p class="faint">The file says it: {app.releaseName}.</p>}
                    <details open={app.state.updates.length > 0}>
                        <summary>Updates installed besides</summary>
                        <div>
                        <label for="updates">Numbers, such as KB3174644, where Windows behaves otherwise with them</label>
                        <input
                            id="updates"
                            spellcheck={false}
                            value={app.state.updates.join(', ')}
                            onChange={(event) => {
                                const found = [...event.currentTarget.value.matchAll(/\b(?:KB)?(\d{6,8})\b/gi)].map((each) => `KB${each[1]}`);
                                app.change({ updates: [...new Set(found)] });
                            }}
                        />
                        </div>
                    </details>
                </div>
            </div>
            <div role="alert">
                {problems.map((problem) => (
                    <p key={problem} class="bad problem">
                        {problem}
                    </p>
                ))}
            </div>
            {files.length > 0 && (
                <>
                    <h3>Files</h3>
                    <ul class="files">
                        {files.map((file) => (
                            <FileRow key={file.name} app={app} file={file} />
                        ))}
                    </ul>
                </>
            )}
            {difference && (
                <details open>
                    <summary>{difference.title}</summary>
                    <pre class="output">{difference.text}</pre>
                </details>
            )}
            {app.spelling() && (
                <p class="continue">
                    <button type="button" class="primary" onClick={() => app.show('settings')}>
                        Continue with {app.releaseName}
                    </button>
                </p>
            )}
        </section>
    );
}

function FileRow({ app, file }: { app: App; file: Dropped }): JSX.Element {
    const used = app.state.source === file.name || app.state.layers.some((layer) => layer.file === file.name || layer.of === file.name);
    return (
        <li>
            <strong>{file.shown}</strong> is {kindWords[file.kind]}
            {file.release ? ` of ${app.releases.find((release) => release.id === file.release)?.name ?? file.release}` : ''}
            {file.kind === 'scan' || file.kind === 'peer' ? '; who of it is cut off is shown under Effect' : ''}.
            {used && <span class="good"> In use.</span>}
            {(isState(file) || file.kind === 'policy') && app.state.source !== file.name && (
                <button type="button" onClick={() => app.change({ source: file.name, release: file.release ?? app.state.release })}>
                    {file.kind === 'policy' ? 'See what it does on a machine' : 'Take it as the machine'}
                </button>
            )}
            {app.state.source === file.name && (
                <button type="button" onClick={() => app.change({ source: undefined, release: app.releaseId })}>
                    Use an untouched installation instead
                </button>
            )}
            {file.kind === 'reg' && (
                <button type="button" onClick={() => void app.during(asChanges(app, file))}>
                    Review its lines as changes
                </button>
            )}
            {isAsking(file) && !used && (
                <button type="button" onClick={() => void app.during(app.use(file))}>
                    Use as template
                </button>
            )}
            {(file.notes ?? []).length > 0 && (
                <details>
                    <summary>{file.notes?.length === 1 ? 'One note' : `${file.notes?.length} notes`}</summary>
                    <ul>
                        {file.notes?.map((note) => (
                            <li key={note}>{note}</li>
                        ))}
                    </ul>
                </details>
            )}
        </li>
    );
}

async function saveCollect(app: App): Promise<void> {
    const outcome = await app.engine.run({ command: 'export', options: { format: ['collect'] } });
    if (outcome.exit === 0) save('collect.cmd', outcome.output, 'text/plain');
    else app.notice = words(outcome);
}

// A vendor's fix: its lines are wanted, not a state.
async function asChanges(app: App, file: Dropped): Promise<void> {
    const outcome = await app.engine.run({ command: 'export', operands: [file.name], options: { format: ['toml'], ...(app.releaseId ? { os: [app.releaseId] } : {}) } });
    if (outcome.exit > 1) {
        app.notice = words(outcome);
        app.tell();
        return;
    }
    const isSource = app.state.source === file.name;
    if (isSource) app.change({ source: undefined });
    await app.addLayer(file.shown, new TextDecoder().decode(outcome.output));
    app.notice = `The lines of ${file.shown} are settings now; choose the machine that they are for.`;
    app.tell();
}

async function compare(app: App, files: Dropped[]): Promise<{ title: string; text: string }> {
    const [one, other] = files;
    if (!one || !other) return { title: '', text: '' };
    const title = `${one.shown} and ${other.shown} compared`;
    const release = app.releaseId ? { os: [app.releaseId] } : {};
    const outcome = await app.engine.run(
        isAsking(one)
            ? { command: 'diff', operands: [`./${one.name}`, `./${other.name}`], options: release }
            : { command: 'diff', options: { from: [`${one.kind}:${one.name}`], to: [`${other.kind}:${other.name}`], ...(one.release || other.release ? {} : release) } },
    );
    const text = outcome.exit > 1 ? words(outcome) : new TextDecoder().decode(outcome.output) || 'Nothing differs.';
    return { title, text: text.replaceAll(one.name, one.shown).replaceAll(other.name, other.shown) };
}
