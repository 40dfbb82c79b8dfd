// page_test.mjs PAGE PROGRAM SOURCE: the page as a person uses it, from a file or a release to what is taken away; what is taken away is read by the program.
import assert from 'node:assert';
import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { gunzipSync, gzipSync } from 'node:zlib';
import { Engine } from '../../cli/page/module.mjs';
import { launch } from './driver.mjs';
import { largeExport } from './large.mjs';
import { Person } from './person.mjs';
import { sessions } from './sessions.mjs';

const [page, program, source] = process.argv.slice(2).map((path) => resolve(path));
const folder = mkdtempSync(join(tmpdir(), 'schancfg-page-test-'));
const write = (name, content) => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
};
// The program's exit code and what it printed.
const run = (...words) => {
    const { status, stdout, stderr } = spawnSync(program, words, { cwd: folder });
    return { status, stdout, stderr: stderr.toString() };
};
const bytesOf = (...words) => execFileSync(program, words, { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] });
const same = (one, other) => assert.equal(run('diff', one, '--target', other).status, 0, `${one} and ${other} differ: ${run('diff', one, '--target', other).stdout}`);

const sameBytes = (file, wanted) => {
    const got = readFileSync(file);
    if (got.equals(wanted)) return;
    const at = got.findIndex((byte, index) => byte !== wanted[index]);
    assert.fail(`${file}, at ${at}: ${got.subarray(Math.max(0, at - 80), at + 80)}\n--- the program has\n${wanted.subarray(Math.max(0, at - 80), at + 80)}`);
};

// A Windows under Wine with a registry of its own; undefined: there is no Wine.
const wine = '/usr/lib/wine/wine64';
const windows = (path) => `Z:${path.replaceAll('/', '\\')}`;
function windowsAt(name) {
    if (!existsSync(wine)) return undefined;
    const env = { ...process.env, WINEPREFIX: join(folder, name), WINEDEBUG: '-all', DOTNET_EnableWriteXorExecute: '0', LC_ALL: 'C.UTF-8' };
    delete env.DISPLAY;
    const runs = (...words) => promisify(execFile)('sh', [join(source, 'cmake/wine.sh'), ...words], { env });
    return {
        env,
        runs,
        end: () => execFileSync('sh', [join(source, 'cmake/wine.sh'), 'wineboot', '-e'], { env, stdio: 'ignore' }),
        // What is there of the keys that the page may write, each as `reg export` writes it.
        async exported() {
            const all = [];
            for (const key of ['SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL', 'SOFTWARE\\Policies', 'SOFTWARE\\Microsoft\\.NETFramework', 'SOFTWARE\\Wow6432Node\\Microsoft\\.NETFramework']) {
                const out = join(folder, `${name}.reg`);
                rmSync(out, { force: true });
                await runs('reg', 'export', `HKLM\\${key}`, windows(out), '/y', '/reg:64').catch(() => undefined);
                all.push(existsSync(out) ? readFileSync(out, 'utf16le').replace(/^\ufeff?[^\r]*\r\n/, '') : '');
            }
            return all;
        },
    };
}

// Wine's reg imports it.
async function importedByWine(file) {
    const system = windowsAt('wine');
    if (!system) return undefined;
    await system.runs('reg', 'import', windows(file));
    return { system, exported: await system.exported() };
}

// PowerShell for Windows runs it (tests/judges/powershell); undefined: there is none.
async function ranByPowerShell(file) {
    const host = process.env.SCHANCFG_PWSH && join(process.env.SCHANCFG_PWSH, 'pwshhost.exe');
    const system = host && existsSync(host) ? windowsAt('powershell') : undefined;
    if (!system) return undefined;
    const add = (key, name, data) => system.runs('reg', 'add', key, '/v', name, '/d', data, '/f');
    await add('HKCU\\Software\\Wine', 'Version', 'win10');
    await add('HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion', 'CurrentBuildNumber', '20348');
    await add('HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion', 'InstallationType', 'Server');
    // Not by the script above, which switches off a library that .NET imports.
    const { stdout } = await promisify(execFile)(wine, [host, windows(file)], { env: system.env });
    return { system, exported: await system.exported(), said: stdout };
}

const schannel = 'HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL';
const reg = (...lines) => `Windows Registry Editor Version 5.00\r\n\r\n${lines.join('\r\n')}\r\n`;
const tls10off = [`[${schannel}\\Protocols\\TLS 1.0\\Server]`, '"Enabled"=dword:00000000', '"DisabledByDefault"=dword:00000001'];
const named = ['[HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion]', '"CurrentBuildNumber"="17763"', '"InstallationType"="Server"'];
const utf16 = (text) => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);

const browser = await launch();
const { part, end } = sessions(browser, page);

let imported, ran;
await part('from a release to files', async (person) => {
    await person.release('windows-server-2022');
    assert.match(await person.text('main'), /Windows Server 2022/);
    await person.show('Settings');
    await person.template('best-practices');
    await person.page.getByText('Its text and comments').click();
    assert.match(await person.text('.template pre'), /^# /m);
    await person.choose('TLS 1.1 as a server', 'enabled');
    assert.match(await person.text('aside'), /TLS 1\.1\s+off → on|TLS 1\.1[^]*?on/);
    await person.show('Take away');
    await person.page.getByText('extends = ["best-practices"]').waitFor();
    const toml = await person.download('Save schancfg.toml', folder);
    assert.match(readFileSync(toml, 'utf8'), /extends = \["best-practices"\]/);
    assert.match(readFileSync(toml, 'utf8'), /"TLS 1\.1" = \{ server = "enabled" \}/);
    const expected = write('expected.toml', 'format = 1\nname = "x"\nextends = ["best-practices"]\n[protocols]\n"TLS 1.1" = { server = "enabled" }\n');
    same(toml, `profile:${expected}@windows-server-2022`);
    const file = await person.download('Save schancfg.reg', folder);
    same(file, `profile:${toml}@windows-server-2022`);
    sameBytes(file, bytesOf('export', toml, '--os', 'windows-server-2022', '--format', 'reg'));
    const asked = write('for-wine.toml', readFileSync(toml));
    imported = importedByWine(write('for-wine.reg', readFileSync(file))).then((found) => found && { ...found, asked });
    const script = await person.download('Save schancfg.ps1', folder);
    sameBytes(script, bytesOf('export', 'schancfg.toml', '--os', 'windows-server-2022', '--format', 'ps1'));
    ran = ranByPowerShell(write('for-powershell.ps1', readFileSync(script)));
    const review = readFileSync(await person.download('Save schancfg.md', folder), 'utf8');
    assert.match(review, /TLS 1\.1/);
    assert.match(review, /\|/);
    await person.page.emulateMedia({ media: 'print' });
    assert.equal(await person.page.locator('nav').isVisible(), false);
    assert.equal(await person.page.getByRole('heading', { name: 'Who is cut off' }).isVisible(), true);
    assert.equal(await person.page.locator('.takes').isVisible(), false);
    assert.ok((await person.page.pdf()).length > 1000);
});

await part('from an export of a server to a reviewed .reg', async (person) => {
    // What a newcomer has: the export of one key, which does not say of what release it is.
    // On a phone, what is asked next is not below what is seen.
    await person.page.setViewportSize({ width: 360, height: 740 });
    await person.give(write('schannel.reg', utf16(reg(...tls10off))));
    assert.equal(await person.page.locator('#release').evaluate((field) => field.getBoundingClientRect().bottom <= innerHeight), true);
    await person.page.setViewportSize({ width: 1280, height: 900 });
    assert.match(await person.text('main'), /schannel\.reg is a registry export/);
    assert.match(await person.text('.card.asks'), /Which Windows is it from\?/);
    await person.release('windows-server-2019');
    await person.show('Settings');
    assert.match(await person.text('#row-protocols\\.\\"TLS\\ 1\\.0\\"'), /now off/);
    const [, assumed] = /assumed as installed: (.*)/.exec(run('status', `reg:${join(folder, 'schannel.reg')}@windows-server-2019`).stdout.toString());
    assert.ok((await person.text('aside')).includes(`assumed as installed, not verified: ${assumed.replace(/\.$/, '')}`), assumed);
    await person.choose('TLS 1.1 as a server', 'disabled');
    await person.show('Take away');
    const file = await person.download('Save schancfg.reg', folder);
    const { stdout } = run('diff', file, '--target', `reg:${join(folder, 'schannel.reg')}@windows-server-2019`);
    assert.match(stdout.toString(), /TLS 1\.1/);
    assert.doesNotMatch(stdout.toString(), /TLS 1\.0/);
});

await part('files of every kind, and what they are said to be', async (person) => {
    await person.give(write('collected.reg', reg(...named, '', ...tls10off)));
    assert.match(await person.text('main'), /collected\.reg is a registry export of Windows Server 2019/);
    assert.equal(await person.page.locator('#release').isDisabled(), true);
    await person.give(write('mine.toml', 'format = 1\nname = "mine"\nextends = ["strict"]\n'));
    assert.match(await person.text('main'), /mine\.toml is a profile/);
    await person.show('Take away');
    await person.page.getByText('extends = ["strict"]').waitFor();
    await person.show('Start');
    await person.give(write('t.ictpl', `<?xml version="1.0" encoding="utf-8"?><iisCryptoTemplate version="3"><header><name>Test</name></header><schannel><serverProtocols>
<templateItem name="TLS 1.1" value="0" /></serverProtocols></schannel></iisCryptoTemplate>`));
    assert.match(await person.text('main'), /t\.ictpl is a template of IIS Crypto/);
    assert.equal(await person.value('TLS 1.1 as a server'), 'disabled');
    bytesOf('export', 'strict', '--os', 'windows-server-2019', '--format', 'pol', '-o', 'strict.pol');
    await person.show('Start');
    await person.give(join(folder, 'strict.pol'));
    assert.match(await person.text('main'), /strict\.pol is a Group Policy/);
    assert.equal(await person.value('TLS 1.2 as a client'), 'enabled');
    await person.show('Take away');
    await person.page.locator('pre', { hasText: 'extends = ["strict"]' }).waitFor();
    const toml = await person.download('Save schancfg.toml', folder);
    same(toml, 'profile:strict@windows-server-2019');
    await person.show('Start');
    await person.give(join(source, 'tests/fuzz/corpus/scan/sslscan.xml'));
    assert.match(await person.text('main'), /sslscan\.xml is a scan/);
    await person.give(join(source, 'tests/peers/chrome.toml'));
    assert.match(await person.text('main'), /chrome\.toml is a peer/);
    await person.give(join(source, 'tests/fuzz/corpus/memory_json/small.json'));
    assert.match(await person.text('main'), /small\.json is a registry in JSON/);
    await person.give(join(source, 'tests/fuzz/corpus/hardening_kitty/list'));
    assert.match(await person.text('main'), /list is a finding list of HardeningKitty/);
});

await part('pasted text, a drop, and two files compared', async (person) => {
    await person.release('windows-server-2022');
    await person.page.getByText('Paste instead').click();
    await person.page.getByLabel('Text of a .reg file').fill(reg(...tls10off));
    await person.click('Read it');
    assert.match(await person.text('main'), /pasted is a registry export/);
    await person.drop([['a.reg', reg(...tls10off)], ['b.reg', reg(tls10off[0], '"Enabled"=dword:00000001', '"DisabledByDefault"=dword:00000000')]]);
    assert.match(await person.text('main'), /a\.reg and b\.reg compared/);
    assert.match(await person.text('pre.output'), /off → on +TLS 1\.0 \(server\)/);
    // Without a release there are only settings to compare; with one there is what comes of them.
    await person.release('');
    await person.drop([['c.reg', reg(...tls10off)], ['d.reg', reg(tls10off[0], '"Enabled"=dword:00000001', '"DisabledByDefault"=dword:00000000')]]);
    assert.doesNotMatch(await person.text('pre.output'), /off → on/);
    await person.release('windows-server-2019');
    assert.match(await person.text('pre.output'), /off → on +TLS 1\.0 \(server\)/);
    await person.drop([['old.toml', 'format = 1\nname = "x"\n[protocols]\n"TLS 1.0" = "disabled"\n'], ['new.toml', 'format = 1\nname = "x"\n[protocols]\n"TLS 1.0" = "enabled"\n']]);
    assert.match(await person.text('main'), /old\.toml and new\.toml compared/);
    assert.match(await person.text('pre.output'), /TLS 1\.0/);
});

await part('settings of every kind', async (person) => {
    await person.release('windows-server-2022');
    await person.show('Settings');
    await person.choose('TLS 1.0 as a client', 'on-request');
    await person.choose('Triple DES 168', 'disabled');
    await person.choose('MD5', 'disabled');
    await person.choose('ECDH', 'enabled');
    await person.fill('server of Diffie-Hellman, least bits', '3072');
    await person.choose('.NET: strong cryptography', 'true');
    await person.choose('FIPS mode', 'true');
    await person.page.getByRole('group', { name: 'Protocols of WinHTTP' }).getByLabel('TLS 1.2').click();
    await person.idle();
    // Suites: by its button, by the keyboard, by the mouse.
    const suites = person.page.getByRole('list', { name: 'Cipher suites', exact: true });
    const first = await suites.locator('li .name').first().textContent();
    const second = await suites.locator('li .name').nth(1).textContent();
    await person.click(`Move ${second} up`);
    assert.equal(await suites.locator('li .name').first().textContent(), second);
    await suites.getByRole('button', { name: `Move ${first} up` }).focus();
    await person.page.keyboard.press('Alt+ArrowUp');
    await person.idle();
    assert.equal(await suites.locator('li .name').first().textContent(), first);
    assert.equal(await person.page.evaluate(() => document.activeElement?.closest('li')?.querySelector('.name')?.textContent), first);
    const third = await suites.locator('li .name').nth(2).textContent();
    await suites.locator('li').nth(2).dragTo(suites.locator('li').nth(0));
    await person.idle();
    assert.equal(await suites.locator('li .name').first().textContent(), third);
    await person.click(`Take ${first} out`);
    // Curves.
    const curves = person.page.getByRole('list', { name: 'Elliptic curves', exact: true });
    const curve = await curves.locator('li .name').nth(1).textContent();
    await person.click(`Move ${curve} up`);
    await person.show('Take away');
    await person.page.locator('pre', { hasText: 'fips' }).waitFor();
    const toml = readFileSync(await person.download('Save schancfg.toml', folder), 'utf8');
    for (const line of ['"TLS 1.0" = { client = "on-request" }', '"Triple DES 168" = "disabled"', 'MD5 = "disabled"', 'server_min_bits = 3072', 'strong_crypto = true', 'enabled = true',
        'default_secure_protocols = ["TLS 1.2"]', `    "${third}",`]) assert.ok(toml.includes(line), `${line} is not in\n${toml}`);
    assert.ok(!toml.includes(`"${first}"`));
    assert.ok(run('lint', write('settings.toml', toml), '--os', 'windows-server-2022', '--fail-on', 'error').status < 2);
    same('settings.toml', `reg:${await person.download('Save schancfg.reg', folder)}@windows-server-2022`);
    // Patterns in place of a list.
    await person.show('Settings');
    await person.fill('Without (names, or patterns', '*_CBC_*');
    await person.fill('First', second);
    assert.equal(await suites.locator('li .name').first().textContent(), second);
    assert.doesNotMatch((await suites.locator('li .name').allTextContents()).join(), /_CBC_/);
    // A pattern that matches nothing is an error in words, and nothing else is lost.
    await person.fill('Without (names, or patterns', '*_NOSUCH_*');
    assert.match(await person.text('main'), /NOSUCH/);
    await person.fill('Without (names, or patterns', '*_CBC_*');
    assert.equal(await person.value('MD5'), 'disabled');
    // Undo and redo, to the beginning and back.
    await person.page.locator('h2').first().click();
    const undo = (button) => !button.disabled && (button.click(), true);
    for (let i = 0; i < 40 && await person.page.getByRole('button', { name: 'Undo' }).evaluate(undo); ++i);
    await person.idle();
    assert.equal(await person.page.getByRole('button', { name: 'Undo' }).isEnabled(), false);
    for (let i = 0; i < 4; ++i) await person.page.keyboard.press('Control+y');
    await person.idle();
    assert.equal(await person.value('Triple DES 168'), 'disabled');
    await person.page.keyboard.press('Control+z');
    await person.idle();
    assert.notEqual(await person.value('MD5'), 'disabled');
});

await part('explain, findings with what fixes them, and who is cut off', async (person) => {
    await person.release('windows-server-2012-r2');
    await person.show('Settings');
    await person.click('Explain TLS 1.0');
    await person.page.getByRole('region', { name: 'About TLS 1.0' }).getByText('Sources:').waitFor();
    await person.template('strict');
    const beside = await person.text('aside');
    assert.match(beside, /11 known peers cut off/);
    assert.match(beside, /OpenSSL 3 server/);
    assert.match(beside, /there is no cipher suite that both ends take/);
    assert.match(beside, /the profile is not meant for this release/);
    const click = person.page.getByRole('button', { name: 'KB3174644 is installed' }).first();
    await click.click();
    await person.idle();
    assert.doesNotMatch(await person.text('aside'), /this value needs KB3174644/);
    await person.template('');
    await person.choose('TLS 1.2 as a client', 'disabled');
    assert.match(await person.text('aside'), /TLS 1\.2/);
    const finding = person.page.locator('.findings li', { hasText: 'TLS 1.2' }).first();
    await finding.getByRole('button', { name: /What fixes it/ }).click();
    await finding.locator('.remedy').first().waitFor();
    const findings = await person.page.locator('.findings li').count();
    await finding.locator('.remedy').first().click();
    await person.idle();
    assert.ok((await person.page.locator('.findings li').count()) < findings);
});

await part('doctor, and a fix that is taken over', async (person) => {
    await person.release('windows-server-2022');
    await person.show('Doctor');
    await person.page.getByLabel('Client', { exact: true }).selectOption('os:windows-server-2008');
    await person.page.getByLabel('Server', { exact: true }).selectOption({ label: 'Windows Server 2022, as it is installed' });
    await person.click('Find out');
    await person.page.locator('.verdict').waitFor();
    const weak = await person.page.locator('.verdict').textContent();
    assert.match(weak, /They agree|They can.t agree|Not known/);
    await person.page.getByLabel('Server', { exact: true }).selectOption('');
    await person.click('Find out');
    assert.match(await person.text('main'), /Choose the server as well/);
    await person.page.getByLabel('Client', { exact: true }).selectOption('');
    await person.page.getByLabel(/The text of the error/).fill('A fatal alert was generated and sent to the remote endpoint. The TLS protocol defined fatal error code is 40.');
    await person.click('Find out');
    await person.page.getByText('Causes').waitFor();
    assert.match(await person.text('main'), /handshake_failure/);
    // Two ends that can't, and what fixes it.
    await person.show('Settings');
    await person.choose('TLS 1.2 as a client', 'disabled');
    await person.choose('TLS 1.3 as a client', 'disabled');
    await person.show('Doctor');
    await person.page.getByLabel('Client', { exact: true }).selectOption({ label: 'Windows Server 2022 with your settings' });
    await person.page.getByLabel('Server', { exact: true }).selectOption({ label: 'OpenSSL 3 server' });
    await person.click('Find out');
    await person.page.locator('.verdict.disagree').waitFor();
    await person.page.getByRole('button', { name: 'Add it to the settings' }).first().click();
    await person.idle();
    assert.match(await person.text('main'), /is part of the settings now/);
    await person.click('Find out');
    await person.page.locator('.verdict.agree').waitFor();
});

await part('doctor with a dropped export and the settings in hand', async (person) => {
    // Of what a file does not name nothing is certain; this one leaves nothing out.
    await person.give(write('server.reg', reg('; schancfg: complete, what is not named here is absent', '', ...named, '', ...tls10off)));
    await person.show('Settings');
    // What is found in the file as it is, is answered by a template.
    assert.doesNotMatch(await person.text('aside'), /schancfg diff/);
    await person.page.getByRole('button', { name: 'Start from Best practices' }).first().click();
    await person.idle();
    assert.equal(await person.page.getByLabel('Start from a template').inputValue(), 'best-practices');
    await person.click('Undo');
    await person.choose('TLS 1.2 as a client', 'disabled');
    await person.show('Doctor');
    const client = person.page.getByLabel('Client', { exact: true });
    await person.page.getByLabel('Server', { exact: true }).selectOption({ label: 'OpenSSL 3 server' });
    await client.selectOption({ label: 'server.reg, as it is' });
    await person.click('Find out');
    await person.page.locator('.verdict.agree').waitFor();
    await client.selectOption({ label: 'server.reg with your settings' });
    await person.click('Find out');
    await person.page.locator('.verdict.disagree').waitFor();
    await person.page.getByRole('button', { name: 'Add it to the settings' }).first().click();
    await person.idle();
    await person.click('Find out');
    await person.page.locator('.verdict.agree').waitFor();
    // It is the state that was dropped, not an untouched installation: TLS 1.0 is off in it.
    await client.selectOption('os:windows-server-2008');
    await person.page.getByLabel('Server', { exact: true }).selectOption({ label: 'server.reg with your settings' });
    await person.click('Find out');
    await person.page.locator('.verdict.disagree').waitFor();
});

// The module's `apply`, of which that is made, leaves what the program's leaves.
{
    const packed = /<script type="text\/plain" id="module">([^<]*)</.exec(readFileSync(page, 'utf8'))[1];
    const engine = await Engine.start(await WebAssembly.compile(gunzipSync(Buffer.from(packed, 'base64'))));
    const states = { 'some.reg': reg(...tls10off), 'named.reg': reg(...named, '', ...tls10off), 'whole.reg': reg('; schancfg: complete, what is not named here is absent', '', ...tls10off) };
    let compared = 0;
    for (const [name, text] of Object.entries(states)) {
        engine.give(name, Buffer.from(text));
        for (const profile of ['strict', 'compatible', 'best-practices']) {
            const { exit, stderr } = engine.run({ command: 'apply', operands: [profile], options: { target: [`reg:${name}@windows-server-2019`], output: ['after'] } });
            assert.equal(exit, 0, stderr.toString());
            const one = write('module.reg', engine.take('after'));
            const other = write('program.reg', text);
            const { status, stderr: said } = run('apply', profile, '--target', `reg:${other}@windows-server-2019`, '--yes', '--force', '--allow-lock-out', '--quiet');
            assert.equal(status, 0, said);
            for (const [from, to] of [[one, other], [other, one]]) {
                const { status: differs, stdout } = run('diff', '--from', `reg:${from}@windows-server-2019`, '--to', `reg:${to}@windows-server-2019`);
                assert.equal(differs, 0, `${name}, ${profile}: ${stdout}`);
            }
            const status_ = (file) => JSON.parse(run('status', `reg:${file}@windows-server-2019`, '--format', 'json').stdout);
            assert.deepEqual({ ...status_(one), source: '' }, { ...status_(other), source: '' });
            compared += 1;
        }
    }
    assert.match(engine.run({ command: 'apply', operands: ['strict'], options: { target: ['os:2022'], output: ['x'], yes: [''] } }).stderr.toString(), /--yes is for a machine/);
    console.log(`apply: ${compared} states the same`);
}

await part('a link that holds everything', async (person) => {
    await person.give(write('linked.reg', reg(...named, '', ...tls10off)));
    await person.show('Settings');
    await person.template('compatible');
    await person.choose('TLS 1.1 as a client', 'disabled');
    await person.show('Take away');
    await person.click('Make a link');
    const link = await person.page.getByLabel('Link').inputValue();
    assert.match(link, /^file:.*#.+/);
    const other = await Person.with(await browser.open(page, { hash: link.split('#')[1] }));
    await other.page.getByRole('heading', { name: 'Settings for Windows Server 2019' }).waitFor();
    await other.idle();
    assert.equal(await other.value('TLS 1.1 as a client'), 'disabled');
    assert.equal(await other.page.getByLabel('Start from a template').inputValue(), 'compatible');
    assert.match(await other.text('#row-protocols\\.\\"TLS\\ 1\\.0\\"'), /now off/);
    await other.sheet.close();
    const damaged = await Person.with(await browser.open(page, { hash: `${link.split('#')[1].slice(0, 60)}AAAA` }));
    await damaged.page.getByText('The link is damaged').waitFor();
    assert.deepEqual([damaged.sheet.requests, damaged.sheet.errors], [[], []]);
    await damaged.sheet.close();
});

await part('a reload asks first', async (person) => {
    let asked = 0;
    person.page.on('dialog', async (dialog) => {
        asked += 1;
        await dialog.dismiss();
    });
    await person.release('windows-server-2022');
    await person.show('Settings');
    await person.choose('TLS 1.0 as a client', 'disabled');
    await person.page.evaluate(() => void setTimeout(() => location.reload(), 0));
    for (let i = 0; i < 50 && asked === 0; ++i) await person.page.waitForTimeout(50);
    assert.equal(asked, 1);
    assert.equal(await person.value('TLS 1.0 as a client'), 'disabled');
});

await part('an instance that traps', async (person) => {
    await person.release('windows-server-2022');
    await person.show('Settings');
    await person.choose('TLS 1.0 as a client', 'disabled');
    await person.trapNext();
    await person.choose('TLS 1.1 as a client', 'disabled');
    assert.match(await person.text('aside'), /The engine stopped .*A fresh one has taken over; nothing that you entered is lost/);
    await person.choose('TLS 1.0 as a server', 'disabled');
    assert.doesNotMatch(await person.text('aside'), /The engine stopped/);
    for (const label of ['TLS 1.0 as a client', 'TLS 1.1 as a client', 'TLS 1.0 as a server']) assert.equal(await person.value(label), 'disabled');
    assert.match(await person.text('aside'), /TLS 1\.1\s*on → off|TLS 1\.1/);
});

await part('an export of 64 MB', async (person) => {
    const file = write('large.reg', largeExport(64 << 20));
    const start = performance.now();
    assert.equal(run('status', `reg:${file}`).status, 0);
    const program = performance.now() - start;
    const { named: shown, judged, mostPart } = await person.timedFile(file);
    console.log(`an export of 64 MB: named after ${shown.toFixed(0)} ms, judged after ${judged.toFixed(0)} ms, the program's status takes ${program.toFixed(0)} ms; the bar was seen at ${mostPart.toFixed(2)}`);
    assert.match(await person.text('main'), /large\.reg is a registry export of Windows Server 2019/);
    await person.show('Settings');
    assert.match(await person.text('#row-protocols\\.\\"TLS\\ 1\\.0\\"'), /now off/);
    await person.choose('TLS 1.1 as a server', 'disabled');
    assert.match(await person.text('aside'), /2 values to add/);
    // The same where a browser does not read into memory that it is given.
    await person.replaceEngine(`{
        const reader = ReadableStream.prototype.getReader;
        ReadableStream.prototype.getReader = function (options) {
            if (options?.mode === 'byob') throw new TypeError('not known');
            self.asked = true;
            return reader.call(this, options);
        };
    }`);
    await person.choose('TLS 1.1 as a client', 'disabled');
    assert.match(await person.text('aside'), /4 values to add/);
    assert.equal(await person.page.workers()[0].evaluate(() => self.asked), true);
    rmSync(file);
});

// What is no file for this page, or not all of one: words that say what it is, and what to do.
await part('files that are wrong', async (person) => {
    await person.release('windows-server-2022');
    const said = async () => (await person.page.locator('.problem').allTextContents()).join('\n');
    const good = reg(...named, '', ...tls10off);
    const wide = utf16(good);
    const packed = gzipSync(wide);
    const refused = {
        'empty.reg': ['', /empty\.reg is empty/],
        'export.zip': [Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), Buffer.alloc(100, 7)]), /export\.zip is a ZIP archive .*unpack it/],
        'archive.reg': [Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), Buffer.alloc(2 << 20, 7)]), /archive\.reg is a ZIP archive/],
        'large.reg': [`${good}not a registry\r\n`.replace('Windows Registry', 'Windows Registrar').padEnd(2 << 20, '; nothing\r\n'), /header/],
        'cut-off.zip': [Buffer.from('PK\x03\x04\x14', 'latin1'), /is a ZIP archive/],
        'server.reg.gz': [packed, /is packed by gzip: unpack it/],
        'cut-off.reg.gz': [packed.subarray(0, 20), /is packed by gzip/],
        SYSTEM: [Buffer.concat([Buffer.from('regf'), Buffer.alloc(4096)]), /SYSTEM is a hive of a registry.*hive:FILE/],
        'setup.exe': [Buffer.from('MZ\x90\0', 'latin1'), /is a program/],
        'big-endian.reg': [Buffer.from(wide).swap16(), /UTF-16BE/],
        'unmarked.reg': [wide.subarray(2), /without the byte order mark/],
        'header.reg': [utf16(good.replace('5.00', '4.00')), /header/],
        'half.toml': ['format = 1\n[protocols]\n"TLS 1.0" = "dis', /half\.toml:3/],
        'latin.toml': [Buffer.from('format = 1\nname = "\xe9"\n', 'latin1'), /latin\.toml:2.*UTF-8/],
        'wide.toml': [utf16('format = 1\n'), /wide\.toml/],
        'noise.reg': [Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 7919) % 256)), /noise\.reg/],
        'text.txt': ['Dear colleague,\nplease find the settings below.\n', /text\.txt is not a file that this page can read/],
        'some.csv': ['a,b,c\n1,2,3\n', /some\.csv is not a file that this page can read/],
        'profile.txt': ['[protocols]\n"TLS 1.0" = "disabld"\n', /^profile\.txt:1.*format/],
        'page.html': ['<!doctype html><html><body>x</body></html>', /page\.html/],
        'nothing.json': ['{}', /nothing\.json/],
    };
    for (const [name, [content, words]] of Object.entries(refused)) {
        await person.give(write(name, content));
        assert.match(await said(), words, name);
        assert.doesNotMatch(await said(), /Error:|undefined|\[object/, name);
    }
    const taken = { 'marked.reg': Buffer.concat([Buffer.from('\ufeff'), Buffer.from(good)]), 'latin.reg': Buffer.from(good.replace('"Enabled"', '"\xe9"=dword:1\r\n"Enabled"'), 'latin1'), 'half.reg': Buffer.concat([wide, Buffer.from('x')]) };
    for (const [name, content] of Object.entries(taken)) {
        await person.give(write(name, content));
        assert.equal(await said(), '', name);
        assert.match(await person.text('main'), new RegExp(`${name.replace('.', '\\.')} is a registry export of Windows Server 2019`));
    }
    // Names that the page has for files of its own.
    for (const name of ['schancfg.toml', 'base.toml', 'tried.toml', 'shorter.toml', 'fix.toml']) {
        await person.give(write(name, `format = 1\nname = "${name}"\n[protocols]\n"TLS 1.1" = "disabled"\n`));
        assert.equal(await said(), '', name);
        assert.equal(await person.value('TLS 1.1 as a server'), 'disabled', name);
        await person.show('Start');
    }
    for (const name of ['with-settings.reg', 'short-a.reg', 'rehearsal.reg', 'two\nlines.reg']) {
        await person.give(write(name, good));
        assert.ok((await person.text('main')).includes(`${name.replace('\n', '\\n')} is a registry export`), name);
        // The same file can be chosen once more.
        assert.equal(await person.page.locator('input[type=file]').inputValue(), '');
    }
    // Three at once, and a folder as a person drops one.
    await person.give(...['one', 'two', 'three'].map((name) => write(`${name}.reg`, good)));
    assert.match(await person.text('body'), /3 exports were read, and one\.reg is looked at/);
    await person.page.locator('.drop').scrollIntoViewIfNeeded();
    const box = await person.page.locator('.drop').boundingBox();
    const session = await person.sheet.context.newCDPSession(person.page);
    for (const type of ['dragEnter', 'dragOver', 'drop']) {
        await session.send('Input.dispatchDragEvent', { type, x: box.x + 40, y: box.y + 40, data: { items: [], files: [folder], dragOperationsMask: 1 } });
    }
    await person.page.locator('.problem').waitFor();
    assert.match(await said(), /is a folder: drop the files that are in it/);
    await person.show('Settings');
    await person.template('best-practices');
    assert.match(await person.text('main'), /Settings for Windows Server 2019/);
});

// The names of tests/cli/check_escaping.py, as names of files and in files; and every seed of the fuzz targets.
await part('hostile names and files', async (person) => {
    const script = 'import importlib.util, json, re, sys; text = open(sys.argv[1], encoding="utf-8").read(); print(json.dumps(eval(re.search(r"^HOSTILE = ({.*?^})", text, re.S | re.M)[1])))';
    const names = Object.values(JSON.parse(execFileSync('python3', ['-c', script, join(source, 'tests/cli/check_escaping.py')])));
    assert.equal(names.length, 21);
    await person.release('windows-server-2022');
    const unseen = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e007f}]/u;
    const clean = async (where) => {
        assert.doesNotMatch(await person.text('body'), unseen, where);
        assert.equal(await person.page.locator('#page script, #page img, #page iframe').count(), 0, where);
    };
    for (const name of names) {
        await person.drop([[name, reg(...tls10off)], [`${name}.toml`, `format = 1\nname = ${JSON.stringify(name.replace(unseen, ''))}\n`], [`${name} 3`, `[peer]\nname = "x${name}`]]);
        await clean(name);
    }
    const peers = names.map((name) => [`host.xml`, `<?xml version="1.0"?><nmaprun scanner="nmap"><host><status state="up"/><address addr="192.0.2.1" addrtype="ipv4"/><hostnames><hostname name=${
        JSON.stringify(name).replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/\\./g, '')} type="user"/></hostnames></host></nmaprun>`]);
    await person.drop(peers);
    await clean('hosts');
    await person.show('Settings');
    await person.template('strict');
    await clean('settings');
    await person.show('Doctor');
    await clean('doctor');
    await person.show('Start');
    const seeds = readdirSync(join(source, 'tests/fuzz/corpus')).flatMap((kind) => readdirSync(join(source, 'tests/fuzz/corpus', kind)).map((file) => join(source, 'tests/fuzz/corpus', kind, file)));
    let refused = 0;
    for (let i = 0; i < seeds.length; i += 12) {
        await person.give(...seeds.slice(i, i + 12));
        refused += await person.page.locator('.problem').count();
        for (const words of await person.page.locator('.problem').allTextContents()) assert.ok(words.trim().length > 10, words);
        await clean(seeds[i]);
    }
    assert.ok(refused > 10, `${refused} refused`);
    // And the page is alive.
    await person.show('Settings');
    await person.template('best-practices');
    assert.match(await person.text('main'), /Settings for /);
});

// What the page's files leave in a registry is what was asked for, and both leave the same.
const [byReg, byScript] = [await imported, await ran];
if (byReg) {
    const all = write('imported.reg', Buffer.from(`\ufeffWindows Registry Editor Version 5.00\r\n${byReg.exported.join('')}`, 'utf16le'));
    same(byReg.asked, `reg:${all}@windows-server-2022`);
    if (byScript) assert.deepEqual(byScript.exported, byReg.exported, byScript.said);
    console.log(`imported by Wine${byScript ? ', run by PowerShell: the same' : ''}`);
}
for (const each of [byReg, byScript]) each?.system.end();
await end();
rmSync(folder, { recursive: true });
