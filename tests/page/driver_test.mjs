// What the driver is for it sees: a page that asks for things, breaks its policy and can't be read by everybody is told apart from one that does none of it.
import assert from 'node:assert';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launch } from './driver.mjs';

const folder = mkdtempSync(join(tmpdir(), 'schancfg-driver-'));
const write = (name, text) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
};
const good = write('good.html', '<!doctype html><html lang="en"><title>good</title><body><main><h1>Good</h1></main>');
const bad = write('bad.html', `<!doctype html><html><title>bad</title><body><img src="http://example.invalid/picture.png">
<script>fetch('https://example.invalid/fetched').catch(() => 0); new WebSocket('ws://example.invalid/socket'); throw new Error('thrown');</script>`);
const held = write('held.html', `<!doctype html><html lang="en"><meta http-equiv="Content-Security-Policy" content="default-src 'none'"><title>held</title><body><main><h1>Held</h1></main>
<script>document.title = 'ran'</script>`);

const quietBrowser = await launch();
const first = await quietBrowser.open(good);
assert.deepEqual([await first.violations(), first.requests, first.errors], [[], [], []]);
assert.deepEqual(await quietBrowser.close(), []);

const browser = await launch();
const second = await browser.open(bad, { dark: true, width: 360 });
await second.page.waitForFunction(() => performance.getEntriesByType('resource').length >= 2);
assert.match((await second.violations()).join('\n'), /image-alt: .*\n?/);
assert.deepEqual(second.requests.sort(), ['http://example.invalid/picture.png', 'https://example.invalid/fetched', 'ws://example.invalid/socket']);
assert.match(second.errors.join('\n'), /thrown/);
const third = await browser.open(held);
assert.equal(await third.page.title(), 'held');
assert.match(third.errors.join('\n'), /Content Security Policy/);
assert.deepEqual(await third.violations(), []);
const logged = await browser.close();
for (const asked of ['picture.png', 'fetched', 'socket']) assert.ok(logged.some((url) => url.endsWith(asked)), `${asked} is not in the log: ${logged}`);
rmSync(folder, { recursive: true });
