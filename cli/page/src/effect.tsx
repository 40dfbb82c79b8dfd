// Effect: what comes of the settings on this machine, the worst first.
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { App, Judged } from './app';
import { reasonWords, todaysPeers } from './app';
import type { Agreement, Change, Diff, Finding, PeerChange, Value } from './documents';
import { plural, Severity, StateWord, Uncertain, ViewTitle } from './parts';
import { isEmpty, type Setting } from './state';

// aside: beside the settings. paper: as it is printed with what is taken away.
export function Effect({ app, aside, paper }: { app: App; aside?: boolean; paper?: boolean }): JSX.Element {
    const judged = app.judged;
    const title = 'Effect';
    return (
        <section aria-label={title} aria-busy={app.isComputing} class={`effect${app.isComputing ? ' stale' : ''}`}>
            {aside || paper ? <h2>{title}</h2> : <ViewTitle>{title}</ViewTitle>}
            {!aside && judged && <p class="faint">{basisOf(app)}</p>}
            {app.problem && (
                <p role="alert" class="bad problem">
                    {app.problem}
                </p>
            )}
            {judged ? <Told app={app} judged={judged} aside={aside ?? false} paper={paper ?? false} /> : <p>Choose a machine on Start first.</p>}
        </section>
    );
}

// On which machine, and of which settings.
function basisOf(app: App): string {
    const { source, template, layers, settings } = app.state;
    const file = source ? app.files.get(source)?.shown : undefined;
    const own = Object.keys(settings).length;
    const asked = [template && (app.profiles.find((profile) => profile.name === template)?.title ?? template), ...layers.map((layer) => layer.title), own > 0 && plural(own, 'setting of your own', 'settings of your own')];
    return `On ${app.releaseName}${file ? `, ${file}` : ', as it is installed'}: ${asked.filter(Boolean).join(', ') || 'nothing is chosen'}.`;
}

function Told({ app, judged, aside, paper }: { app: App; judged: Judged; aside: boolean; paper: boolean }): JSX.Element {
    const { diff, before, findings } = judged;
    const cut = diff.peers.filter((peer) => peer.change === 'cut-off');
    const gained = diff.peers.filter((peer) => peer.change === 'reached');
    const perhaps = diff.peers.filter((peer) => peer.change === 'unknown');
    const others = diff.peers.filter((peer) => !cut.includes(peer) && !gained.includes(peer) && !perhaps.includes(peer));
    const assumed = diff.assumed ?? before.assumed ?? [];
    return (
        <>
            <p role="status" class="summary">
                {inShort(app, judged)}
            </p>
            {aside && diff.changes.length > 0 && (
                <p>
                    <button type="button" class="primary" onClick={() => app.show('take')}>
                        Take it away
                    </button>
                </p>
            )}
            {(diff.alarms ?? []).map((alarm) => (
                <p key={alarm.id + alarm.role} class={`alarm ${alarm.severity}`}>
                    <Severity severity={alarm.severity} /> {alarm.message} <Uncertain certain={alarm.certain} />
                </p>
            ))}
            <div class="halves">
            <div>
            <h3>Protocols</h3>
            <table class="compact">
                <caption class="unseen">Protocols before and after, for clients and servers</caption>
                <thead>
                    <tr>
                        <th scope="col">Protocol</th>
                        <th scope="col">Client</th>
                        <th scope="col">Server</th>
                    </tr>
                </thead>
                <tbody>
                    {(before.protocols ?? [])
                        .filter((protocol) => protocol.client.state !== 'not-supported' || protocol.server.state !== 'not-supported')
                        .map((protocol) => (
                            <tr key={protocol.name}>
                                <th scope="row">{protocol.name}</th>
                                {(['client', 'server'] as const).map((role) => {
                                    const now = protocol[role];
                                    const later = diff.effects.find((each) => each.subject === protocol.name && (each.role === role || each.role === null));
                                    return (
                                        <td key={role}>
                                            <StateWord state={now.state} />
                                            {later && (
                                                <>
                                                    {' → '}
                                                    <StateWord state={later.after} />
                                                </>
                                            )}{' '}
                                            {(later?.after ?? now.state) !== 'uncertain' && <Uncertain certain={(later ?? now).certain} />}
                                        </td>
                                    );
                                })}
                            </tr>
                        ))}
                </tbody>
            </table>
            </div>
            <div>
            <h3>Who is cut off</h3>
            {cut.length === 0 ? (
                <p class="good">{isEmpty(app.state) ? 'Nobody: nothing changes.' : `Nobody of the ${diff.peers_summary?.judged ?? todaysPeers.length} clients and servers that were judged${app.peerOptions.length > 1 ? ', those of your files among them' : ''}.`}</p>
            ) : (
                <>
                    <PeerList peers={cut.filter((peer) => peer.role === 'client')} title="Clients that can no longer connect to it" />
                    <PeerList peers={cut.filter((peer) => peer.role === 'server')} title="Servers that it can no longer reach" />
                </>
            )}
            <PeerList peers={perhaps} title="Perhaps: what is known of them does not decide it" />
            {gained.length > 0 && (
                <details>
                    <summary>{plural(gained.length, 'peer')} that can connect then, and not now</summary>
                    <PeerList peers={gained} title="Reached" />
                </details>
            )}
            {others.length > 0 && (
                <details>
                    <summary>{plural(others.length, 'peer')} connect in another way</summary>
                    <PeerList peers={others} title="Otherwise" />
                </details>
            )}
            </div>
            </div>
            <h3>Findings</h3>
            <Findings app={app} findings={findings} />
            {diff.changes.length > 0 && (
                <details open={paper}>
                    <summary>
                        Registry changes: {summaryOf(diff.changes)}
                    </summary>
                    <ul class="changes">
                        {diff.changes.map((each) => (
                            <ChangeRow key={each.key + each.value} change={each} />
                        ))}
                    </ul>
                </details>
            )}
            {diff.changes.length > 0 && diff.restart && (
                <p class="faint">{restartWords(diff.restart)}</p>
            )}
            {assumed.length > 0 && <p class="faint">Not in this file, assumed as installed, not verified: {assumed.map((area) => areaNames[area] ?? area).join(', ')}.</p>}
        </>
    );
}

/// What comes of it, in a sentence or two.
export function inShort(app: App, { diff }: Judged): string {
    if (isEmpty(app.state)) return `${app.releaseName} as it is${app.state.source ? ' in the file' : ' installed'}. Choose a template or a setting to see what it does.`;
    if (diff.changes.length === 0) return 'Nothing changes: the machine is so already.';
    const cut = diff.peers.filter((peer) => peer.change === 'cut-off').length;
    return `${summaryOf(diff.changes)}. ${cut === 0 ? 'No known peer is cut off' : `${plural(cut, 'known peer')} cut off`}.`;
}

// As the program says it (lib/src/effect/areas.cpp).
const areaNames: Record<string, string> = {
    protocols: 'other protocols',
    algorithms: 'other ciphers, hashes and key exchanges',
    'schannel-values': 'values of SCHANNEL',
    'local-lists': 'local lists of cipher suites and curves',
    'policy-lists': 'policy lists',
    winhttp: 'WinHTTP',
    dotnet: '.NET',
    fips: 'FIPS mode',
};

// As the program says it (cli/render/plan_text.cpp).
function summaryOf(changes: Change[]): string {
    const count = (isKey: boolean, action: string): number => changes.filter((change) => (change.value === null) === isKey && change.action === action).length;
    let out = '';
    const say = (number: number, one: string, many: string, verb: string, between: string): void => {
        if (number > 0) out += `${out && between}${number}${one && ` ${number === 1 ? one : many}`} ${verb}`;
    };
    say(count(false, 'add'), 'value', 'values', 'to add', '');
    say(count(false, 'change'), out ? '' : 'value', 'values', 'to change', ', ');
    say(count(false, 'remove'), out ? '' : 'value', 'values', 'to remove', ', ');
    const values = out;
    say(count(true, 'add'), 'key', 'keys', 'to create', '; ');
    say(count(true, 'remove'), out === values ? 'key' : '', 'keys', 'to remove', out === values ? '; ' : ', ');
    return out;
}

function restartWords({ needed, scope }: Diff['restart']): string {
    if (needed === 'no') return scope === 'processes' ? 'Restart the programs that are concerned: they read these values once.' : 'No restart is needed.';
    if (needed === 'disputed') return "A restart may be required: Microsoft's documentation is inconsistent or silent here.";
    return `Restart the ${scope === 'computer' ? scope : `${scope} that use TLS`} for all of this to take effect.`;
}

// As the program says it (cli/render/peers.cpp).
function agreed({ verdict, handshake, reason }: Agreement): string {
    if (verdict === 'disagree') return reason ? reasonWords(reason) : 'no agreement';
    if (verdict !== 'agree') return reason ? `not known (perhaps: ${reasonWords(reason)})` : 'not known';
    if (!handshake) return 'agree';
    const { protocol, cipher_suite: suite, group, bits } = handshake;
    return `${protocol}${suite ? ` with ${suite}` : ''}${group ? `, ${group}` : bits ? `, Diffie-Hellman of ${bits} bits` : ''}`;
}

/// Peers to which the same happens stand together.
function PeerList({ peers, title }: { peers: PeerChange[]; title?: string }): JSX.Element | null {
    if (peers.length === 0) return null;
    const groups = new Map<string, PeerChange[]>();
    for (const peer of peers) {
        const key = `${agreed(peer.before)} → ${agreed(peer.after)}`;
        groups.set(key, [...(groups.get(key) ?? []), peer]);
    }
    return (
        <>
            {title && <h4>{title}</h4>}
            <ul class="peers">
                {[...groups].map(([what, those]) => (
                    <li key={what}>
                        <strong>{those.map((peer) => peer.peer).join(', ')}</strong>
                        <span class="facts">{what}</span>
                    </li>
                ))}
            </ul>
        </>
    );
}

// The setting that the finding's key belongs to; the page can leave it out, or go there.
function settingOf(app: App, finding: Finding): string | undefined {
    return app.judged?.wanted.settings.find((value) => value.key === finding.key && (value.value === finding.value || !finding.value))?.name ?? undefined;
}

function Findings({ app, findings }: { app: App; findings: Finding[] }): JSX.Element {
    if (findings.length === 0) return <p class="good">Nothing found.</p>;
    const order = ['error', 'warning', 'note'];
    const sorted = [...findings].sort((one, other) => order.indexOf(one.severity) - order.indexOf(other.severity));
    return (
        <ul class="findings">
            {sorted.map((finding) => (
                <Found key={[finding.rule, finding.file, finding.line, finding.key, finding.value].join()} app={app} finding={finding} />
            ))}
        </ul>
    );
}

type Remedy = { text: string; take: () => void };

function Found({ app, finding }: { app: App; finding: Finding }): JSX.Element {
    const [remedies, setRemedies] = useState<Remedy[]>();
    const setting = settingOf(app, finding);
    const update = finding.rule === 'needs-update' ? /\bKB\d{6,8}\b/.exec(finding.message)?.[0] : undefined;
    // What is said to who types is a choice here.
    const better = app.profiles.find((profile) => profile.name === /^See `schancfg diff ([a-z0-9-]+)`\.?$/.exec(finding.fix)?.[1]);
    const template = finding.file.startsWith('built-in:') ? finding.file.slice(9) : undefined;
    return (
        <li>
            <Severity severity={finding.severity} /> {finding.message}
            <span class="facts">
                {better ? `Fix: Start from the template ${better.title}. ` : finding.fix && `Fix: ${finding.fix.replace(', and name it with --update', '')} `}
                {template && `From the template ${app.profiles.find((profile) => profile.name === template)?.title ?? template}.`}
            </span>
            <span class="moves">
                {update && (
                    <button type="button" onClick={() => app.change({ updates: [...app.state.updates, update] })}>
                        {update} is installed
                    </button>
                )}
                {better && app.state.template !== better.name && (
                    <button type="button" onClick={() => app.change({ template: better.name, layers: [] })}>
                        Start from {better.title}
                    </button>
                )}
                {finding.rule === 'release-outside' && (
                    <button type="button" onClick={() => goTo(app, 'template')}>
                        Choose another template
                    </button>
                )}
                {setting && !remedies && (
                    <button type="button" onClick={() => void app.during(remediesOf(app, finding, setting)).then(setRemedies)}>
                        What fixes it<span class="unseen">: {finding.message}</span>
                    </button>
                )}
                {remedies?.map((remedy) => (
                    <button key={remedy.text} type="button" class="remedy" onClick={remedy.take}>
                        {remedy.text}
                    </button>
                ))}
                {setting && (
                    <button type="button" onClick={() => goTo(app, setting)}>
                        Go to it<span class="unseen">: {setting}</span>
                    </button>
                )}
            </span>
            {remedies?.length === 0 && <span class="facts">No single setting fixes it without another problem.</span>}
        </li>
    );
}

const same = (one: Finding, other: Finding): boolean => one.rule === other.rule && one.key === other.key && one.value === other.value;
const settingWords: Record<string, string> = { unmanaged: 'Leave it as it is on the machine', default: 'Set it to the default', enabled: 'Turn it on', 'on-request': 'On request only', disabled: 'Turn it off' };

// Each word that the setting could have is tried, and offered where lint then finds this no more, and nothing else that is as bad.
async function remediesOf(app: App, finding: Finding, setting: string): Promise<Remedy[]> {
    const section = setting.split('.')[0] ?? '';
    const isBits = /_bits$/.test(setting);
    const isWord = ['protocols', 'ciphers', 'hashes', 'key_exchange_algorithms'].includes(section) && !isBits;
    const tried: [string, Setting][] = isWord
        ? ['disabled', 'enabled', ...(section === 'protocols' ? ['on-request'] : []), 'default', 'unmanaged'].map((word) => [settingWords[word] ?? word, word])
        : isBits
          ? [...[2048, 1024].map((bits): [string, Setting] => [`Set it to ${bits} bits`, bits]), ['Set it to the default', 'default'], ['Leave it as it is on the machine', 'unmanaged']]
          : [['Set it to the default', 'default'], ['Leave it as it is on the machine', 'unmanaged']];
    const now = app.judged?.findings ?? [];
    const out: Remedy[] = [];
    for (const [text, value] of tried) {
        if (app.state.settings[setting] === value) continue;
        const found = await app.findingsWith(setting, value).catch(() => undefined);
        if (!found || found.some((each) => same(each, finding))) continue;
        if (found.some((each) => each.severity !== 'note' && !now.some((one) => same(one, each)))) continue;
        out.push({ text, take: () => app.set(setting, value) });
    }
    return out;
}

function goTo(app: App, setting: string): void {
    app.show('settings');
    const section = setting.split('.')[0] ?? '';
    setTimeout(() => {
        const row = document.getElementById(setting) ?? document.getElementById(`row-${setting.replace(/\.(client|server|state|client_min_bits|server_min_bits|client_max_bits)$/, '')}`) ?? document.getElementById(section) ?? document.getElementById('layers');
        row?.scrollIntoView({ block: 'center' });
        (row?.matches('select') ? row : row?.querySelector<HTMLElement>('select,input,button'))?.focus();
    });
}

function spelled(value: Value | null): string {
    if (!value) return 'nothing';
    if (value.hex !== undefined) return `${value.type} ${value.hex}`;
    if (typeof value.data === 'number') return value.data > 9 ? `0x${value.data.toString(16)}` : String(value.data);
    return Array.isArray(value.data) ? value.data.join(', ') : (value.data ?? '');
}

function ChangeRow({ change }: { change: Change }): JSX.Element {
    return (
        <li>
            <code>{change.key}</code>
            <br />
            {change.value === null ? (
                <span>{change.action === 'remove' ? 'key removed' : 'key made'}</span>
            ) : (
                <span>
                    <strong>{change.value || '(default)'}</strong>: {spelled(change.before)} → {spelled(change.after)}
                </span>
            )}
        </li>
    );
}
