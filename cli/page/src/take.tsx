// Take away: the result as a file, a link or on paper.
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { App } from './app';
import { exported, linkOf, profileText } from './away';
import { Effect, inShort } from './effect';
import { plural, save, ViewTitle } from './parts';
import { isEmpty } from './state';

export function TakeAway({ app }: { app: App }): JSX.Element {
    const [text, setText] = useState('');
    const [said, setSaid] = useState('');
    const [link, setLink] = useState('');
    useEffect(() => {
        let current = true;
        app.during(profileText(app)).then(
            (profile) => current && setText(profile),
            (error: Error) => current && setSaid(error.message),
        );
        setLink('');
        return () => {
            current = false;
        };
    }, [app.state]);
    const download = async (name: string, type: string, format?: string): Promise<void> => {
        try {
            save(name, format ? await exported(app, format) : text, type);
            setSaid(`${name} is saved where the browser keeps its downloads.`);
        } catch (error) {
            setSaid(error instanceof Error ? error.message : String(error));
        }
    };
    const copy = async (what: string, name: string): Promise<void> => {
        try {
            await navigator.clipboard.writeText(what);
            setSaid(`${name} is in the clipboard.`);
        } catch {
            setSaid('The browser does not let this page write to the clipboard: select the text and copy it.');
        }
    };
    const isNothing = isEmpty(app.state);
    const machine = app.spelling() !== undefined;
    return (
        <section aria-labelledby="take-title">
            <ViewTitle>
                <span id="take-title">Take it away</span>
            </ViewTitle>
            {!isNothing && app.judged && <p class="summary">{inShort(app, app.judged)}</p>}
            {isNothing && <p>Nothing is chosen yet, so that these files would change nothing. Choose a template or a setting first.</p>}
            {app.problem && (
                <p role="alert" class="bad problem">
                    {app.problem}
                </p>
            )}
            <div class="takes">
                <div class="card">
                    <h3>Registry file</h3>
                    <p>For regedit or <code>reg import</code> on {app.releaseName || 'the machine'}. Every line of it is under Effect.</p>
                    <button type="button" class="primary" disabled={isNothing} onClick={() => void download('schancfg.reg', 'text/plain', 'reg')}>
                        Save schancfg.reg
                    </button>
                </div>
                <div class="card">
                    <h3>Profile</h3>
                    <p>
                        For <code>schancfg apply</code>, which shows, records and undoes; and for version control.
                    </p>
                    <button type="button" disabled={isNothing} onClick={() => void download('schancfg.toml', 'text/plain')}>
                        Save schancfg.toml
                    </button>
                    <button type="button" disabled={isNothing} onClick={() => void copy(text, 'The profile')}>
                        Copy
                    </button>
                </div>
                    <div class="card">
                        <h3>PowerShell</h3>
                        <p>A script that tests and sets the same values.</p>
                        <button type="button" disabled={isNothing} onClick={() => void download('schancfg.ps1', 'text/plain', 'ps1')}>
                            Save schancfg.ps1
                        </button>
                    </div>
                <div class="card">
                    <h3>Review</h3>
                    <p>Markdown for a pull request or a ticket: what changes, what it does, and whom it cuts off. On paper as well.</p>
                    <button type="button" disabled={isNothing || !machine} onClick={() => void download('schancfg.md', 'text/markdown', 'markdown')}>
                        Save schancfg.md
                    </button>
                    <button type="button" onClick={() => window.print()}>
                        Print
                    </button>
                </div>
                <div class="card">
                    <h3>Link</h3>
                    <p>Everything that is chosen here, in the address of the page; it is stored nowhere else.</p>
                    <button
                        type="button"
                        onClick={() => {
                            void app.during(linkOf(app)).then(({ hash, left }) => {
                                history.replaceState(null, '', `#${hash}`);
                                setLink(location.href);
                                setSaid(left.length > 0 ? `The link is made, without ${left.join(', ')}: too large for it (${plural(left.length, 'file')}).` : 'The link is made, and is the address of this page now.');
                            });
                        }}
                    >
                        Make a link
                    </button>
                    {link && (
                        <>
                            <label for="link">Link</label>
                            <input id="link" readOnly value={link} onFocus={(event) => event.currentTarget.select()} />
                            <button type="button" onClick={() => void copy(link, 'The link')}>
                                Copy
                            </button>
                        </>
                    )}
                </div>
            </div>
            <p role="status">{said}</p>
            <div class="paper">
                <Effect app={app} paper />
            </div>
            <h3>The profile</h3>
            <pre class="output" tabIndex={0} role="region" aria-label="The profile">
                {text}
            </pre>
        </section>
    );
}
