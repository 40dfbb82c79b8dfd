// The pages that audit, status and diff write, as their readers have them: audit_test.mjs SCHANCFG [MACHINES] [FOLDER for pictures].
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { launch } from './driver.mjs';

const program = resolve(process.argv[2]);
const machines = Number(process.argv[3] ?? 300);
const pictures = process.argv[4];
const folder = mkdtempSync(join(tmpdir(), 'schancfg-audit-page-'));
const schannel = 'HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL';
const hostile = ['</style><script>alert(1)</script>', '"><img src=x onerror=alert(1)>', '<svg/onload=alert(1)>', "' autofocus onfocus=alert(1) x='", '&lt;script&gt;alert(1)&lt;/script&gt;', '{{7*7}}', '--><b>', ']]>',
    '=cmd|calc', 'x\u202Egnp', 'javascript:alert(1)', 'a\u2028b', 'Ω-ünïcode', 'http://example.invalid/', '%3Cscript%3E', '`id`', '${jndi:x}', 'a'.repeat(900), '</summary></details>', '<base href=//example.invalid>', '<meta http-equiv=refresh content=0>'];
const releases = [[14393, 'Server'], [17763, 'Server'], [20348, 'Server'], [26100, 'Server'], [19045, 'Client'], [22631, 'Client']];

// Every machine has TLS 1.0 off; of `odd` ones a few are left as they were, in three ways.
function machine(number, later) {
    const [build, kind] = releases[number % releases.length];
    const name = number < hostile.length ? hostile[number] : `PC-${String(number).padStart(6, '0')}`;
    const odd = number % 20 === (later ? 1 : 0) || number % 97 === 3;
    const lines = ['Windows Registry Editor Version 5.00', '', '[HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion]', `"CurrentBuildNumber"="${build}"`, `"InstallationType"="${kind}"`, '',
        '[HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\ComputerName\\ComputerName]', `"ComputerName"="${name.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`, '', `[${schannel}]`, ''];
    for (const protocol of ['TLS 1.0', 'TLS 1.1']) {
        for (const role of ['Client', 'Server']) {
            const on = odd && (protocol === 'TLS 1.0' || number % 3 === 0) && (role === 'Server' || number % 2 === 0);
            lines.push(`[${schannel}\\Protocols\\${protocol}\\${role}]`, `"Enabled"=dword:0000000${on ? 1 : 0}`, `"DisabledByDefault"=dword:0000000${on ? 0 : 1}`, '');
        }
    }
    return Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(lines.join('\r\n'), 'utf16le')]);
}

function run(...words) {
    const done = spawnSync(program, words, { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 28 });
    assert.ok([0, 1, 3].includes(done.status), `${words.join(' ')}: ${done.status} ${done.stderr}`);
    return done;
}

function write(later) {
    for (let number = 0; number < machines; ++number) {
        const site = join(folder, 'fleet', `site${number % 13}`);
        mkdirSync(site, { recursive: true });
        writeFileSync(join(site, `m${number}.reg`), machine(number, later));
    }
}

async function check(browser, file, more) {
    for (const dark of [false, true]) {
        const sheet = await browser.open(join(folder, file), { dark });
        assert.deepEqual(await sheet.violations(), [], `${file}, ${dark ? 'dark' : 'light'}`);
        if (more) await more(sheet.page);
        assert.deepEqual(sheet.requests, [], file);
        assert.deepEqual(sheet.errors, [], file);
        if (pictures) await sheet.page.screenshot({ path: join(pictures, `${file}-${dark ? 'dark' : 'light'}.png`), fullPage: machines <= 300 });
        await sheet.close();
    }
}

const browser = await launch();
try {
    writeFileSync(join(folder, 'p.toml'), 'format = 1\n[protocols]\n"TLS 1.0" = "disabled"\n"TLS 1.1" = "disabled"\n');
    writeFileSync(join(folder, 'waivers.toml'), '[[waiver]]\nmachine = "PC-*7"\nsetting = "protocols.*"\nreason = "<b>ticket</b>"\nuntil = "2099-01-01"\n\n[[waiver]]\nmachine = "none"\nrule = "x"\nreason = "old"\nuntil = "2020-01-01"\n');
    write(false);
    run('audit', '--profile', 'p.toml', 'fleet', '--format', 'json', '-o', 'before.json');
    write(true);
    writeFileSync(join(folder, 'fleet', 'broken.failed.txt'), 'access is denied <script>alert(1)</script>\n');
    run('audit', '--profile', 'p.toml', '--waivers', 'waivers.toml', '--baseline', 'before.json', 'fleet', '-o', 'audit.html');
    assert.ok(statSync(join(folder, 'audit.html')).size < 1 << 20, 'the page can be mailed');

    await check(browser, 'audit.html', async (page) => {
        const counted = async (selector) => page.locator(selector).count();
        assert.equal(await counted('script'), 1);
        assert.equal(await counted('img, iframe, object, embed, link, base, meta[http-equiv=refresh]'), 0);
        assert.equal(await counted('svg'), 3, 'compliance, protocols, drift');
        assert.equal(await counted('[onload], [onerror], [onfocus]'), 0);
        const found = page.locator('#found'), all = await counted('[data-find]');
        await page.fill('#search', 'PC-000041');
        const few = await page.locator('[data-find]:not([hidden])').count();
        assert.ok(few >= 1 && few < all, 'a name is found');
        assert.match(await found.textContent(), /^\d+ of \d+ shown$/);
        await page.fill('#search', hostile[1]);
        assert.ok((await page.locator('[data-find]:not([hidden])').count()) >= 1, 'a hostile name is found');
        await page.fill('#search', 'no such machine');
        assert.equal(await page.locator('[data-find]:not([hidden])').count(), 0);
        await page.fill('#search', '');
        assert.equal(await page.locator('[data-find]:not([hidden])').count(), all);
        await page.fill('#search', 'PC-000041');
        assert.ok(await page.locator('tr[data-find]:visible').count() >= 1, 'what is found is unfolded');
        await page.fill('#search', '');
        const group = page.locator('details').first();
        await group.locator('summary').first().click();
        assert.ok(await group.locator('table').first().isVisible());
    });
    // Nothing of a chart is cut off or written over, and paper shows all of it, dark on white, what is folded too.
    {
        const sheet = await browser.open(join(folder, 'audit.html'), { dark: true });
        const wrong = await sheet.page.evaluate(() => [...document.querySelectorAll('svg')].flatMap((svg) => {
            const texts = [...svg.querySelectorAll('text')].map((each) => ({ what: each.textContent, box: each.getBBox() })), bars = [...svg.querySelectorAll('rect')].map((each) => each.getBBox());
            const meet = (a, b) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
            return texts.filter(({ box }) => box.x + box.width > svg.viewBox.baseVal.width || bars.some((bar) => meet(box, bar))).map(({ what }) => what);
        }));
        assert.deepEqual(wrong, []);
        await sheet.page.emulateMedia({ media: 'print', colorScheme: 'dark' });
        const printed = await sheet.page.evaluate(() => ({
            ground: getComputedStyle(document.body).backgroundColor,
            text: getComputedStyle(document.body).color,
            folded: [...document.querySelectorAll('details table')].filter((each) => each.getBoundingClientRect().height === 0 || !each.checkVisibility({ contentVisibilityAuto: true })).length,
        }));
        assert.deepEqual(printed, { ground: 'rgb(255, 255, 255)', text: 'rgb(27, 31, 36)', folded: 0 });
        await sheet.close();
    }
    // Folded parts are judged as well.
    for (const dark of [false, true]) {
        const sheet = await browser.open(join(folder, 'audit.html'), { dark, width: 360 });
        await sheet.page.evaluate(() => [...document.querySelectorAll('details')].slice(0, 5).forEach((each) => { each.open = true; }));
        assert.deepEqual(await sheet.violations(), []);
        assert.ok(await sheet.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'nothing sticks out of a phone');
        await sheet.close();
    }

    const odd = '"><img src=x onerror=alert(1)>.reg';
    writeFileSync(join(folder, odd), machine(0, false));
    run('status', odd, '-o', 'status.html');
    run('diff', 'strict', '--target', odd, '-o', 'diff.html');
    run('diff', 'strict', '--target', odd, '--all', '-o', 'all.html');
    run('diff', 'compatible', 'strict', '-o', 'profiles.html');
    for (const file of ['status.html', 'diff.html', 'all.html', 'profiles.html']) {
        await check(browser, file, async (page) => {
            assert.equal(await page.locator('script, img').count(), 0, file);
            assert.equal(await page.locator('h1').count(), 1);
            assert.ok((await page.locator('table').count()) > 0);
            await page.evaluate(() => document.querySelectorAll('details').forEach((each) => { each.open = true; }));
        });
    }
} finally {
    const asked = await browser.close();
    rmSync(folder, { recursive: true, force: true });
    assert.deepEqual(asked, []);
}
console.log(`${machines} machines: pages without violations, requests and errors`);
