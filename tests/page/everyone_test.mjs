// everyone_test.mjs PAGE SOURCE: the page for those who use the keyboard alone, see little, have a small window or no patience.
import assert from 'node:assert';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { launch } from './driver.mjs';
import { sessions } from './sessions.mjs';

const [page, source] = process.argv.slice(2).map((path) => resolve(path));
const folder = mkdtempSync(join(tmpdir(), 'schancfg-everyone-'));
const write = (name, content) => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
};
const machine = `Windows Registry Editor Version 5.00

[HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion]
"CurrentBuildNumber"="17763"
"InstallationType"="Server"

[HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\TLS 1.0\\Server]
"Enabled"=dword:00000000
`;

const browser = await launch();
const { part, end } = sessions(browser, page);
let views = 0;

async function judgeByAxe(person, where) {
    assert.deepEqual(await person.sheet.violations(), [], where);
    views += 1;
}

await part('the keyboard alone', async (person) => {
    const { page: sheet } = person;
    await sheet.keyboard.press('Tab');
    assert.equal(await sheet.evaluate(() => document.activeElement?.textContent?.trim()), 'To the content');
    await sheet.keyboard.press('Enter');
    assert.equal(await sheet.evaluate(() => document.activeElement?.id), 'main');
    const reach = async (test) => {
        for (let i = 0; i < 120; ++i) {
            await sheet.keyboard.press('Tab');
            if (await sheet.evaluate(test)) return;
        }
        assert.fail(`not reached: ${test}`);
    };
    await reach("document.activeElement.id === 'release'");
    await sheet.keyboard.type('Windows Server 2022');
    await person.idle();
    await reach("/^Continue with/.test(document.activeElement.textContent)");
    await sheet.keyboard.press('Enter');
    await person.idle();
    assert.equal(await sheet.evaluate(() => document.activeElement?.tagName), 'H2');
    await reach("document.activeElement.getAttribute('aria-label') === 'TLS 1.0 as a client'");
    await sheet.keyboard.type('Off');
    await person.idle();
    assert.equal(await person.value('TLS 1.0 as a client'), 'disabled');
    // What is focused is seen.
    assert.notEqual(await sheet.evaluate(() => getComputedStyle(document.activeElement).outlineStyle), 'none');
});

// axe on every view: light, dark, narrow, wide.
for (const [name, options] of Object.entries({
    light: {}, dark: { dark: true, reducedMotion: true }, narrow: { width: 360, height: 740 }, 'narrow and dark': { width: 360, height: 740, dark: true }, wide: { width: 3840, height: 2160 },
})) {
    await part(`everyone: ${name}`, async (person) => {
        await judgeByAxe(person, `${name}: Start, empty`);
        await person.give(write('named.reg', machine), join(source, 'tests/fuzz/corpus/scan/sslscan.xml'), write('wrong.toml', 'format = 9\n'));
        await judgeByAxe(person, `${name}: Start`);
        await person.show('Settings');
        await person.template('strict');
        await person.click('Explain TLS 1.2');
        await person.page.getByRole('region', { name: 'About TLS 1.2' }).getByText('Sources:').waitFor();
        for (const view of ['Settings', 'Effect', 'Doctor', 'Take away']) {
            await person.show(view);
            if (view === 'Doctor') {
                await person.page.getByLabel('Client', { exact: true }).selectOption('os:windows-server-2008');
                await person.page.getByLabel('Server', { exact: true }).selectOption({ label: 'AEAD-only server' });
                await person.click('Find out');
                await person.page.locator('.verdict').waitFor();
            }
            await person.page.evaluate(() => document.querySelectorAll('main details').forEach((fold) => (fold.open = true)));
            await person.idle();
            await judgeByAxe(person, `${name}: ${view}`);
            const { wide, window } = await person.page.evaluate(() => ({ wide: document.documentElement.scrollWidth, window: innerWidth }));
            assert.ok(wide <= window, `${name}: ${view} is ${wide} wide in ${window}`);
            if (options.reducedMotion) assert.equal(await person.page.evaluate(() => [...document.querySelectorAll('*')].filter((each) => getComputedStyle(each).transitionDuration !== '0s').length), 0);
        }
    }, options);
}

// How long it takes, on a machine that may do other things as well: the figures are printed, and held to what nobody would wait for.
await part('times', async (person) => {
    const first = await person.page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0);
    await person.release('windows-server-2022');
    await person.show('Settings');
    await person.template('best-practices');
    // Twenty kinds of change, several times each.
    const { page: sheet } = person;
    const list = (name) => sheet.getByRole('combobox', { name, exact: true });
    const button = (name) => sheet.getByRole('button', { name }).first();
    const suites = sheet.getByRole('list', { name: 'Cipher suites', exact: true });
    const curves = sheet.getByRole('list', { name: 'Elliptic curves', exact: true });
    const bits = (role) => sheet.getByLabel(`${role} of Diffie-Hellman, least bits`);
    const kinds = {
        'a protocol for servers': (odd) => [list('TLS 1.1 as a server'), odd ? 'enabled' : 'disabled'],
        'a protocol for clients': (odd) => [list('TLS 1.2 as a client'), odd ? 'on-request' : 'enabled'],
        'a protocol that most need': (odd) => [list('TLS 1.2 as a server'), odd ? 'disabled' : 'enabled'],
        'a cipher': (odd) => [list('Triple DES 168'), odd ? 'enabled' : 'disabled'],
        'a cipher of most suites': (odd) => [list('AES 256/256'), odd ? 'disabled' : 'enabled'],
        'a hash': (odd) => [list('MD5'), odd ? 'enabled' : 'disabled'],
        'a hash of most suites': (odd) => [list('SHA384'), odd ? 'disabled' : 'enabled'],
        'a key exchange': (odd) => [list('ECDH'), odd ? 'disabled' : 'enabled'],
        'bits for servers': (odd) => [bits('server'), odd ? '3072' : '2048'],
        'bits for clients': (odd) => [bits('client'), odd ? '1024' : '2048'],
        'a suite moved': () => [suites.getByRole('button', { name: /^Move .* up$/ }).nth(1)],
        'a suite taken out': () => [suites.getByRole('button', { name: /^Take .* out$/ }).last()],
        'patterns of suites': (odd) => [sheet.locator('#cipher_suites-without'), odd ? '*_CBC_*' : 'TLS_RSA_*'],
        'a curve moved': () => [curves.getByRole('button', { name: /^Move .* up$/ }).nth(1)],
        '.NET': (odd) => [list('.NET: strong cryptography'), odd ? 'true' : 'unmanaged'],
        WinHTTP: () => [sheet.getByRole('group', { name: 'Protocols of WinHTTP' }).getByLabel('TLS 1.1')],
        FIPS: (odd) => [list('FIPS mode'), odd ? 'true' : 'false'],
        undo: () => [button('Undo')],
        redo: () => [button('Redo')],
        'a template': (odd) => [sheet.getByLabel('Start from a template'), odd ? 'strict' : 'best-practices'],
    };
    const times = [];
    for (const [kind, change] of Object.entries(kinds)) {
        const own = [];
        for (let round = 0; round < 4; ++round) {
            // What was undone can be redone; and then there is something to undo again.
            if (kind === 'redo') await person.timed(button('Undo'));
            own.push(await person.timed(...change(round % 2 === 0)));
        }
        own.sort((one, other) => one - other);
        times.push(...own);
        console.log(`    ${kind}: ${own.map((time) => time.toFixed(0)).join(' ')}`);
    }
    times.sort((one, other) => one - other);
    const at = (part) => times[Math.floor(part * (times.length - 1))];
    console.log(`first view ${Math.round(first)} ms; ${times.length} changes of ${Object.keys(kinds).length} kinds: median ${at(0.5).toFixed(1)} ms, of 95 in 100 at most ${at(0.95).toFixed(1)} ms, worst ${at(1).toFixed(1)} ms`);
    assert.ok(first < 2000 && at(0.5) < 1000);
});

await end();
console.log(`axe: ${views} views, 0 violations`);
rmSync(folder, { recursive: true });
