// Doctor: whether two ends can agree, and what fixes it.
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { App } from './app';
import { todaysPeers, words } from './app';
import { type Doctor as Answer, document as read, type Fix } from './documents';
import { ViewTitle } from './parts';
import { Trap } from './engine';
import { isEmpty, ownProfile, stateAfter } from './state';

interface End {
    value: string;
    text: string;
}
/// The machine of this page with what is chosen; how the engine spells it, `ask` finds out.
const withSettings = 'with-settings';

function ends(app: App, role: 'client' | 'server'): { group: string; ends: End[] }[] {
    const machine: End[] = [];
    const spelling = app.spelling();
    if (spelling) {
        const file = app.state.source ? app.files.get(app.state.source) : undefined;
        machine.push({ value: spelling, text: file ? `${file.shown}, as it is` : `${app.releaseName}, as it is installed` });
        // A policy is no state of a machine, which settings could lead on from.
        if (!isEmpty(app.state) && file?.kind !== 'policy') machine.push({ value: withSettings, text: `${file?.shown ?? app.releaseName} with your settings` });
    }
    const files = [...app.files.values()].filter((file) => (file.kind === 'scan' && role === 'server') || file.kind === 'peer');
    return [
        { group: 'On this page', ends: machine },
        { group: 'Files', ends: files.map((file) => ({ value: file.kind === 'scan' ? `scan:${file.name}` : `./${file.name}`, text: file.shown })) },
        { group: `${role === 'client' ? 'Clients' : 'Servers'} of today`, ends: todaysPeers.filter((peer) => peer.role === role).map((peer) => ({ value: `todays-peers/${peer.file}`, text: peer.name })) },
        { group: 'Releases as installed', ends: app.releases.map((release) => ({ value: `os:${release.id}`, text: release.name })) },
    ].filter((each) => each.ends.length > 0);
}

export function Doctor({ app }: { app: App }): JSX.Element {
    const [client, setClient] = useState('');
    const [server, setServer] = useState('');
    const [host, setHost] = useState('');
    const [error, setError] = useState('');
    const [answer, setAnswer] = useState<Answer | string>();
    // The sides on which the machine of this page stands.
    const [here, setHere] = useState(new Set<string>());
    const ask = async (): Promise<void> => {
        const machine = ends(app, 'client').find((each) => each.group === 'On this page')?.ends.map((end) => end.value) ?? [];
        setHere(new Set([...(machine.includes(client) ? ['client'] : []), ...(machine.includes(server) ? ['server'] : [])]));
        const options: Record<string, string[]> = { format: ['json'], ...app.updates };
        if (client) options.client = [client];
        if (server) options.server = [server.startsWith('scan:') && host.trim() ? `${server}#${host.trim()}` : server];
        if (error.trim()) options.error = [error.trim()];
        if (!options.client && !options.server && !options.error) {
            setAnswer('Choose two ends, or paste the text of an error.');
            return;
        }
        if (!options.client !== !options.server) {
            setAnswer(`Choose the ${options.client ? 'server' : 'client'} as well${options.error ? ', or neither: the text of the error can be read alone' : ''}.`);
            return;
        }
        try {
            if (client === withSettings || server === withSettings) {
                const after = await app.after();
                if (client === withSettings) options.client = [after];
                if (server === withSettings) options.server = [after];
            }
            const outcome = await app.engine.run({ command: 'doctor', options });
            setAnswer(asNamed(app, outcome.exit > 1 ? words(outcome) : read<Answer>(outcome.output)));
        } catch (problem) {
            const said = problem instanceof Error ? problem.message : String(problem);
            setAnswer(problem instanceof Trap ? `The engine stopped (${said}). A fresh one has taken over; ask again, or otherwise.` : said);
        }
    };
    return (
        <section aria-labelledby="doctor-title">
            <ViewTitle>
                <span id="doctor-title">Why do two ends not agree?</span>
            </ViewTitle>
            <form
                class="card"
                onSubmit={(event) => {
                    event.preventDefault();
                    void app.during(ask());
                }}
            >
                <div class="two pair">
                    <Chosen app={app} role="client" value={client} set={setClient} />
                    <div>
                        <Chosen app={app} role="server" value={server} set={setServer} />
                        {server.startsWith('scan:') && (
                            <p>
                                <label for="host">Host in the scan, where it has several</label>
                                <input id="host" value={host} spellcheck={false} onInput={(event) => setHost(event.currentTarget.value)} />
                            </p>
                        )}
                    </div>
                </div>
                <p>
                    <label for="error">The text of the error, or its number (an event, a status), where there is one</label>
                    <textarea id="error" rows={2} spellcheck={false} value={error} onInput={(event) => setError(event.currentTarget.value)} />
                </p>
                <button type="submit" class="primary">
                    Find out
                </button>
            </form>
            <div role="status">{typeof answer === 'string' && <p class="bad problem">{answer}</p>}</div>
            {answer !== undefined && typeof answer !== 'string' && <Told app={app} answer={answer} alone={!client && !server} here={here} />}
        </section>
    );
}

// The engine's names of files as the person knows them, in all texts of an answer.
function asNamed<T>(app: App, said: T): T {
    const machine = app.state.source ? (app.files.get(app.state.source)?.shown ?? '') : app.releaseName;
    const names: [string, string][] = [[`reg:${stateAfter}`, `${machine} with your settings`], [`profile:${ownProfile}`, `${machine} with your settings`]];
    for (const file of app.files.values()) {
        for (const name of [file.short, file.name]) if (name) names.push([`${file.kind}:${name}`, file.shown], [name, file.shown]);
    }
    const walk = (value: unknown): unknown => {
        if (typeof value === 'string') return names.reduce((text, [name, shown]) => text.replaceAll(name, shown), value);
        if (Array.isArray(value)) return value.map(walk);
        return value && typeof value === 'object' ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, key === 'profile' ? each : walk(each)])) : value;
    };
    return walk(said) as T;
}

function Chosen({ app, role, value, set }: { app: App; role: 'client' | 'server'; value: string; set: (value: string) => void }): JSX.Element {
    const id = `doctor-${role}`;
    return (
        <p>
            <label for={id}>{role === 'client' ? 'Client' : 'Server'}</label>
            <select id={id} value={value} onChange={(event) => set(event.currentTarget.value)}>
                <option value="">Choose…</option>
                {ends(app, role).map((group) => (
                    <optgroup key={group.group} label={group.group}>
                        {group.ends.map((end) => (
                            <option key={end.value} value={end.value}>
                                {end.text}
                            </option>
                        ))}
                    </optgroup>
                ))}
            </select>
        </p>
    );
}

function Told({ app, answer, alone, here }: { app: App; answer: Answer; alone: boolean; here: Set<string> }): JSX.Element {
    const [taken, setTaken] = useState<string>();
    const verdict = answer.verdict === 'agree' ? 'They agree' : answer.verdict === 'disagree' ? "They can't agree" : 'Not known';
    const agreed = [answer.protocol, answer.cipher_suite].filter(Boolean).join(' with ');
    return (
        <div aria-live="polite">
            {!alone && (
                <p class={`verdict ${answer.verdict}`}>
                    <strong>{verdict}</strong>
                    {answer.verdict === 'agree' && agreed ? ` on ${agreed}.` : answer.reason ? `: ${answer.reason.message.replace(/^not known: /, '')}.` : '.'}
                </p>
            )}
            {answer.error?.meaning && (
                <p>
                    <strong>{answer.error.text}</strong>: {answer.error.meaning}.
                </p>
            )}
            {answer.note && <p>{answer.note}</p>}
            {answer.reason && (
                <details open={answer.verdict !== 'agree'}>
                    <summary>What was compared</summary>
                    <div class="scroll" tabIndex={0} role="region" aria-label="What was compared">
                        <table>
                            <thead>
                                <tr>
                                    <th scope="col">What</th>
                                    <th scope="col">Client</th>
                                    <th scope="col">Server</th>
                                </tr>
                            </thead>
                            <tbody>
                                {answer.reason.evidence.map((row) => (
                                    <tr key={row.aspect} class={row.decides ? 'decides' : ''}>
                                        <th scope="row">{row.aspect}</th>
                                        <td>{row.client}</td>
                                        <td>{row.server}</td>
                                    </tr>
                                ))}
                            </tbody>
                        </table>
                    </div>
                </details>
            )}
            {answer.causes.length > 0 && (
                <>
                    <h3>Causes</h3>
                    <ol>
                        {answer.causes.map((cause) => (
                            <li key={cause.id}>
                                <strong>{cause.title}</strong>
                                {cause.fit && <span class="faint"> ({cause.fit})</span>}
                                <span class="facts">{cause.why ?? cause.remedy}</span>
                            </li>
                        ))}
                    </ol>
                </>
            )}
            {answer.fixes.length > 0 && (
                <>
                    <h3>What fixes it</h3>
                    <ol class="fixes">
                        {answer.fixes.map((fix) => (
                            <FixRow
                                key={fix.title + fix.side}
                                app={app}
                                fix={fix}
                                isHere={here.size === 0 || fix.side === 'both' || here.has(fix.side)}
                                take={async () => {
                                    await app.addLayer(fix.title, fix.profile);
                                    setTaken(`“${fix.title}” is part of the settings now; see Effect for what it does to others.`);
                                }}
                            />
                        ))}
                    </ol>
                </>
            )}
            <p role="status" class="good">
                {taken}
            </p>
            {(answer.questions ?? []).length > 0 && <Asks title="What decides it" rows={answer.questions ?? []} />}
            {(answer.collect ?? []).length > 0 && <Asks title="What to collect" rows={answer.collect ?? []} />}
        </div>
    );
}

function Asks({ title, rows }: { title: string; rows: { id: string; message: string }[] }): JSX.Element {
    return (
        <>
            <h3>{title}</h3>
            <ul>
                {rows.map((row) => (
                    <li key={row.id}>{row.message}</li>
                ))}
            </ul>
        </>
    );
}

function FixRow({ app, fix, isHere, take }: { app: App; fix: Fix; isHere: boolean; take: () => Promise<void> }): JSX.Element {
    return (
        <li>
            <strong>{fix.title}</strong> <span class="faint">on the {fix.side === 'both' ? 'client and the server' : fix.side}</span>
            {fix.text && <span class="facts">{fix.text}</span>}
            {fix.risk && <span class="facts warn">Risk: {fix.risk}</span>}
            {fix.updates.length > 0 && <span class="facts">Needs {fix.updates.join(', ')}</span>}
            {fix.profile && (
                <>
                    {isHere ? (
                        <button type="button" onClick={() => void app.during(take())}>
                            Add it to the settings
                        </button>
                    ) : (
                        <span class="facts">For the {fix.side}, which is not the machine that these settings are for.</span>
                    )}
                    <details>
                        <summary>As a profile</summary>
                        <pre class="output">{fix.profile}</pre>
                    </details>
                </>
            )}
        </li>
    );
}
