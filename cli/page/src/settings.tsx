// Settings: boxes as people know them, each with what the release does by default, what is set now, and what comes of it.
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { App } from './app';
import type { Algorithm, NamedValue, RoleEffect } from './documents';
import { Lists } from './lists';
import { Explain, plural, StateWord, Uncertain, ViewTitle } from './parts';
import { pathOf } from './state';

const everyOn = 4294967295;
type Choice = [string, string];
const protocolChoices: Choice[] = [
    ['unmanaged', 'Leave'],
    ['default', 'Default'],
    ['enabled', 'On'],
    ['on-request', 'On request'],
    ['disabled', 'Off'],
];
const gateChoices = protocolChoices.filter(([word]) => word !== 'on-request');

/// The word of a profile that the engine's values of one setting are; the inverse of what the words write.
function wordOf(values: NamedValue[]): string {
    if (values.length === 0) return 'unmanaged';
    const number = (name: string): unknown => values.find((value) => value.value === name)?.data;
    const enabled = number('Enabled');
    if (enabled === undefined || enabled === null) return 'default';
    if (enabled === 0) return 'disabled';
    if (number('DisabledByDefault') === 1) return 'on-request';
    return enabled === 1 || enabled === everyOn ? 'enabled' : 'unmanaged';
}

export function Settings({ app }: { app: App }): JSX.Element {
    const judged = app.judged;
    if (!judged) {
        return (
            <section>
                <ViewTitle>Settings</ViewTitle>
                <p>{app.problem ?? (app.spelling() ? 'Looking…' : 'Choose a machine on Start first: a release, or an export of its registry.')}</p>
            </section>
        );
    }
    const { before, byDefault, wanted } = judged;
    const byName = new Map<string, NamedValue[]>();
    for (const value of wanted.settings) if (value.name) byName.set(value.name, [...(byName.get(value.name) ?? []), value]);
    const based = new Map<string, NamedValue[]>();
    for (const value of judged.base.settings) if (value.name) based.set(value.name, [...(based.get(value.name) ?? []), value]);
    const given = (path: string): string => wordOf(based.get(path) ?? []);
    const asked = (path: string): string => {
        const own = app.state.settings[path];
        return typeof own === 'string' ? own : wordOf(byName.get(path) ?? []);
    };
    const after = (subject: string, role: string | null, now: string): { word: string; certain: boolean } => {
        const effect = judged.diff.effects.find((each) => each.subject === subject && (each.role === role || each.role === null));
        return effect ? { word: effect.after, certain: effect.certain } : { word: now, certain: true };
    };
    const rest = { app, byName, base: given };
    return (
        <section aria-labelledby="settings-title">
            <ViewTitle>
                <span id="settings-title">Settings for {app.releaseName}</span>
            </ViewTitle>
            <Template app={app} />
            <h3 id="protocols">Protocols</h3>
            <table class="settings">
                <caption class="unseen">Protocols, for clients and for servers</caption>
                <thead>
                    <tr>
                        <th scope="col">Protocol</th>
                        <th scope="col">As a client</th>
                        <th scope="col">As a server</th>
                    </tr>
                </thead>
                <tbody>
                    {(before.protocols ?? []).filter((protocol) => !unwritable.has(protocol.name)).map((protocol) => (
                        <tr key={protocol.name} id={`row-${pathOf('protocols', protocol.name)}`}>
                            <th scope="row">
                                {protocol.name} <Explain app={app} word={protocol.name} />
                            </th>
                            {(['client', 'server'] as const).map((role) => {
                                const path = pathOf('protocols', protocol.name, role);
                                const installed = byDefault?.protocols?.find((each) => each.name === protocol.name)?.[role];
                                return (
                                    <td key={role} data-label={role === 'client' ? 'As a client' : 'As a server'}>
                                        <Chooser app={app} path={path} label={`${protocol.name} as a ${role}`} value={asked(path)} base={given(path)} choices={protocolChoices} />
                                        <Facts now={protocol[role]} given={installed} after={after(protocol.name, role, protocol[role].state)} />
                                    </td>
                                );
                            })}
                        </tr>
                    ))}
                </tbody>
            </table>
            <Gates {...rest} title="Ciphers" section="ciphers" rows={before.ciphers ?? []} given={byDefault?.ciphers} asked={asked} after={after} />
            <Gates {...rest} title="Hashes" section="hashes" rows={before.hashes ?? []} given={byDefault?.hashes} asked={asked} after={after} />
            <Gates
                {...rest}
                title="Key exchanges"
                section="key_exchange_algorithms"
                rows={before.key_exchange_algorithms ?? []}
                given={byDefault?.key_exchange_algorithms}
                asked={asked}
                after={after}
            />
            <Lists app={app} judged={judged} />
            <Layers app={app} byName={byName} />
        </section>
    );
}

// Names that status shows because people look for them, and that no profile may write.
const unwritable = new Set(['DTLS 1.1', 'DTLS 1.3']);

function Chooser({ app, path, label, value, base, choices }: { app: App; path: string; label: string; value: string; base: string; choices: Choice[] }): JSX.Element {
    const isOwn = app.state.settings[path] !== undefined;
    return (
        <select
            aria-label={label}
            class={`choice ${value}${isOwn ? ' own' : ''}`}
            value={value}
            onChange={(event) => {
                const chosen = event.currentTarget.value;
                // What a template or nothing at all says as well is no setting of one's own.
                app.set(path, chosen === base ? undefined : chosen);
            }}
        >
            {choices.map(([word, text]) => (
                <option key={word} value={word}>
                    {text}
                </option>
            ))}
        </select>
    );
}

function Facts({ now, given, after }: { now: RoleEffect | Algorithm; given: RoleEffect | Algorithm | undefined; after: { word: string; certain: boolean } }): JSX.Element {
    const differs = given !== undefined && given.state !== now.state;
    return (
        <p class="facts">
            {differs && (
                <>
                    by default <StateWord state={given.state} />,{' '}
                </>
            )}
            {differs ? 'now ' : 'now, as by default, '}
            <StateWord state={now.state} /> {now.state !== 'uncertain' && <Uncertain certain={now.certain} />}
            {after.word !== now.state && (
                <>
                    {' → '}
                    <strong>
                        <StateWord state={after.word} />
                    </strong>{' '}
                    <Uncertain certain={after.certain} />
                </>
            )}
        </p>
    );
}

interface GatesProps {
    app: App;
    byName: Map<string, NamedValue[]>;
    base: (path: string) => string;
    title: string;
    section: string;
    rows: Algorithm[];
    given: Algorithm[] | undefined;
    asked: (path: string) => string;
    after: (subject: string, role: string | null, now: string) => { word: string; certain: boolean };
}

function Gates({ app, byName, base, title, section, rows, given, asked, after }: GatesProps): JSX.Element {
    const isExchange = section === 'key_exchange_algorithms';
    return (
        <>
            <h3 id={section}>{title}</h3>
            <table class="settings">
                <caption class="unseen">{title}</caption>
                <thead>
                    <tr>
                        <th scope="col">Name</th>
                        <th scope="col">Setting and effect</th>
                        {isExchange && <th scope="col">Least bits</th>}
                    </tr>
                </thead>
                <tbody>
                    {rows.map((row) => {
                        const path = isExchange ? pathOf(section, row.name, 'state') : pathOf(section, row.name);
                        return (
                            <tr key={row.name} id={`row-${pathOf(section, row.name)}`}>
                                <th scope="row">
                                    {row.name} <Explain app={app} word={row.name} />
                                </th>
                                <td data-label="Setting">
                                    <Chooser app={app} path={path} label={row.name} value={asked(path)} base={base(path)} choices={gateChoices} />
                                    <Facts now={row} given={given?.find((each) => each.name === row.name)} after={after(row.name, null, row.state)} />
                                </td>
                                {isExchange && (
                                    <td data-label="Least bits">
                                        {lengths[row.name]?.map((member) => (
                                            <Bits key={member} app={app} row={row} member={member} wanted={byName.get(pathOf(section, row.name, member))} />
                                        ))}
                                    </td>
                                )}
                            </tr>
                        );
                    })}
                </tbody>
            </table>
        </>
    );
}

type Length = 'client_min_bits' | 'server_min_bits';
const lengths: Record<string, Length[]> = { 'Diffie-Hellman': ['client_min_bits', 'server_min_bits'], PKCS: ['client_min_bits'] };

function Bits({ app, row, member, wanted }: { app: App; row: Algorithm; member: Length; wanted: NamedValue[] | undefined }): JSX.Element {
    const path = pathOf('key_exchange_algorithms', row.name, member);
    const id = `bits-${row.name}-${member}`;
    const role = member.startsWith('client') ? 'client' : 'server';
    const set = wanted?.[0]?.data;
    return (
        <p class="bits">
            <label for={id}>
                {role}
                <span class="unseen"> of {row.name}, least bits</span>
            </label>
            <input
                id={id}
                type="number"
                min={0}
                max={65536}
                step={256}
                placeholder={String(row[member] ?? '')}
                value={typeof set === 'number' ? set : ''}
                onChange={(event) => {
                    const number = event.currentTarget.valueAsNumber;
                    app.set(path, Number.isFinite(number) ? number : undefined);
                }}
            />
            <span class="facts">now {row[member] ?? 'no limit'}</span>
        </p>
    );
}

// The comment that a profile begins with, in paragraphs.
function headOf(text: string): string[] {
    const lines = text.split('\n');
    const end = lines.findIndex((line) => !line.startsWith('#'));
    return lines
        .slice(0, end)
        .map((line) => line.slice(1).trim())
        .join('\n')
        .split('\n\n')
        .map((paragraph) => paragraph.replaceAll('\n', ' '));
}

function Template({ app }: { app: App }): JSX.Element {
    const { template, layers } = app.state;
    const [comments, setComments] = useState<string>();
    useEffect(() => {
        setComments(undefined);
        if (!template) return;
        let current = true;
        // Its text is the same for every release; the command wants one where a list is computed.
        void app.engine.run({ command: 'profiles', options: { show: [template], format: ['toml'], os: [app.releaseId ?? ''] } }).then(({ exit, output }) => {
            if (current && exit === 0) setComments(new TextDecoder().decode(output));
        });
        return () => {
            current = false;
        };
    }, [template]);
    const shipped = app.profiles.find((profile) => profile.name === template);
    const own = Object.keys(app.state.settings).length;
    return (
        <div class="card template">
            <label for="template">Start from a template</label>
            <select
                id="template"
                value={template ?? ''}
                onChange={(event) => app.change({ template: event.currentTarget.value || undefined, layers: event.currentTarget.value ? [] : layers })}
            >
                <option value="">None: only what you choose</option>
                {app.profiles.map((profile) => (
                    <option key={profile.name} value={profile.name}>
                        {profile.title}
                    </option>
                ))}
            </select>
            {shipped && <p>{shipped.description}</p>}
            {layers.map((layer) => (
                <p key={layer.file}>
                    With <strong>{layer.title}</strong>{' '}
                    <button type="button" onClick={() => app.change({ layers: layers.filter((each) => each !== layer) })}>
                        Leave it out
                    </button>
                </p>
            ))}
            {own > 0 && (
                <p>
                    {plural(own, 'setting')} of your own{' '}
                    <button type="button" onClick={() => app.change({ settings: {} })}>
                        Clear {own === 1 ? 'it' : 'them'}
                    </button>
                </p>
            )}
            {comments && (
                <>
                    <details>
                        <summary>What it is for, and what breaks</summary>
                        <div>
                            {headOf(comments).map((paragraph) => (
                                <p key={paragraph}>{paragraph}</p>
                            ))}
                        </div>
                    </details>
                    <details>
                        <summary>Its text and comments</summary>
                        <pre class="output" tabIndex={0} role="region" aria-label="Text of the template">
                            {comments}
                        </pre>
                    </details>
                </>
            )}
        </div>
    );
}

function Layers({ app, byName }: { app: App; byName: Map<string, NamedValue[]> }): JSX.Element {
    const judged = app.judged;
    const flag = (path: string, ...detailed: string[]): string => {
        const own = app.state.settings[path];
        if (own !== undefined) return String(own);
        const values = detailed.map((name) => byName.get(name)?.[0]?.data);
        return values.every((value) => value === 1) ? 'true' : values.every((value) => value === 0) ? 'false' : 'unmanaged';
    };
    const versions = ['v2.0.50727', 'v4.0.30319'];
    const all = (member: string): string[] => versions.flatMap((version) => ['view64', 'view32'].map((view) => `dotnet."${version}".${view}.${member}`));
    const protocols = ['SSL 2.0', 'SSL 3.0', 'TLS 1.0', 'TLS 1.1', 'TLS 1.2', 'TLS 1.3'];
    const path = 'winhttp.default_secure_protocols';
    const own = app.state.settings[path];
    const masks: Record<string, number> = { 'SSL 2.0': 0x8, 'SSL 3.0': 0x20, 'TLS 1.0': 0x80, 'TLS 1.1': 0x200, 'TLS 1.2': 0x800, 'TLS 1.3': 0x2000 };
    const mask = byName.get('winhttp.view64.default_secure_protocols')?.[0]?.data;
    const chosen = Array.isArray(own) ? own : typeof mask === 'number' ? protocols.filter((name) => (mask & (masks[name] ?? 0)) !== 0) : [];
    return (
        <>
            <h3 id="layers">.NET, WinHTTP and FIPS</h3>
            <table class="settings">
                <caption class="unseen">.NET, WinHTTP and FIPS</caption>
                <thead>
                    <tr>
                        <th scope="col">Setting</th>
                        <th scope="col">Choice</th>
                    </tr>
                </thead>
                <tbody>
                    <Flag app={app} path="dotnet.strong_crypto" label=".NET: strong cryptography" word="SchUseStrongCrypto" value={flag('dotnet.strong_crypto', ...all('strong_crypto'))}
                        now={judged?.before.dotnet?.map((each) => each.strong_crypto)} given={judged?.byDefault?.dotnet?.map((each) => each.strong_crypto)} />
                    <Flag app={app} path="dotnet.system_default_tls_versions" label=".NET: versions as the system has them" word="SystemDefaultTlsVersions"
                        value={flag('dotnet.system_default_tls_versions', ...all('system_default_tls_versions'))} now={judged?.before.dotnet?.map((each) => each.system_default_tls_versions)}
                        given={judged?.byDefault?.dotnet?.map((each) => each.system_default_tls_versions)} />
                    <Flag app={app} path="fips.enabled" label="FIPS mode" word="FIPS" value={flag('fips.enabled', 'fips.enabled')} now={judged?.before.fips && [judged.before.fips]} given={judged?.byDefault?.fips && [judged.byDefault.fips]} />
                    <tr>
                        <th scope="row">
                            WinHTTP: protocols by default <Explain app={app} word="DefaultSecureProtocols" />
                        </th>
                        <td data-label="Choice">
                            <fieldset>
                                <legend class="unseen">Protocols of WinHTTP</legend>
                                {protocols.map((name) => (
                                    <label key={name} class="box">
                                        <input
                                            type="checkbox"
                                            checked={chosen.includes(name)}
                                            onChange={(event) => {
                                                const next = protocols.filter((each) => (each === name ? event.currentTarget.checked : chosen.includes(each)));
                                                app.set(path, next.length > 0 ? next : undefined);
                                            }}
                                        />{' '}
                                        {name}
                                    </label>
                                ))}
                            </fieldset>
                            <p class="facts">
                                {chosen.length === 0 ? 'Nothing is chosen, so that it is left as it is: ' : 'now '}
                                {judged?.before.winhttp?.find((each) => each.view === 'view64')?.protocols.join(', ') || 'nothing'}
                            </p>
                        </td>
                    </tr>
                </tbody>
            </table>
        </>
    );
}

type OnOff = { on: boolean; certain?: boolean };

function Flag({ app, path, label, word, value, now, given }: { app: App; path: string; label: string; word: string; value: string; now: OnOff[] | undefined; given: OnOff[] | undefined }): JSX.Element {
    const stateOf = (all: OnOff[] | undefined): string => (all && all.length > 0 ? (all.every((each) => each.on) ? 'on' : all.some((each) => each.on) ? 'partly on' : 'off') : 'not known');
    const state = stateOf(now);
    const installed = stateOf(given);
    const later = value === 'true' ? 'on' : value === 'false' ? 'off' : value === 'default' ? installed : state;
    return (
        <tr>
            <th scope="row">
                {label} <Explain app={app} word={word} />
            </th>
            <td data-label="Choice">
                <select
                    aria-label={label}
                    class={`choice${app.state.settings[path] !== undefined ? ' own' : ''}`}
                    value={value}
                    onChange={(event) => {
                        const chosen = event.currentTarget.value;
                        const based = app.state.template !== undefined || app.state.layers.length > 0;
                        app.set(path, chosen === 'unmanaged' ? (based ? chosen : undefined) : chosen === 'default' ? chosen : chosen === 'true');
                    }}
                >
                    <option value="unmanaged">Leave</option>
                    <option value="default">Default</option>
                    <option value="true">On</option>
                    <option value="false">Off</option>
                </select>
                <p class="facts">
                    {installed === state ? (
                        'now, as by default, '
                    ) : (
                        <>
                            by default <StateWord state={installed} />, now{' '}
                        </>
                    )}
                    <StateWord state={state} /> <Uncertain certain={now?.every((each) => each.certain !== false)} />
                    {later !== state && (
                        <>
                            {' → '}
                            <strong>
                                <StateWord state={later} />
                            </strong>
                        </>
                    )}
                </p>
            </td>
        </tr>
    );
}
