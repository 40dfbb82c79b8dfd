// driver.mjs: opens an HTML file in Chromium as a person would, and says what they would not see: requests, errors, what axe finds.
//
//     const browser = await launch();                     // SCHANCFG_NODE_MODULES: where playwright-core and axe-core are
//     const sheet = await browser.open(file, { dark: true, width: 360 });
//     await sheet.page.click('…');                         // Playwright's page
//     assert.deepEqual(await sheet.violations(), []);      // axe, as lines
//     assert.deepEqual(sheet.requests, []);                // what was asked of anything but the file and what the page holds itself
//     assert.deepEqual(sheet.errors, []);                  // errors on the console and exceptions, breaches of the policy among them
//     assert.deepEqual(await browser.close(), []);         // what pages asked for, by the browser's own log of its network
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const chromium = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

// No services of the maker, no sandbox (tests run as root), no display.
const quiet = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
    '--disable-default-apps', '--disable-domain-reliability', '--disable-features=OptimizationHints,MediaRouter,Translate', '--no-pings', '--host-resolver-rules=MAP * ~NOTFOUND'];

// A log that was not ended lacks its end alone.
function read(text) {
    try {
        return JSON.parse(text);
    } catch {
        return JSON.parse(`${text.trim().replace(/,$/, '')}]}`);
    }
}

export async function launch({ modules = process.env.SCHANCFG_NODE_MODULES } = {}) {
    const executablePath = chromium.find((path) => existsSync(path));
    if (!executablePath) throw new Error('there is no Chromium');
    const load = createRequire(join(resolve(modules), 'x.js'));
    const folder = mkdtempSync(join(tmpdir(), 'schancfg-page-'));
    const log = join(folder, 'net.json');
    const running = await load('playwright-core').chromium.launch({ executablePath, headless: true, args: [...quiet, `--log-net-log=${log}`] });
    return new Browser(running, readFileSync(load.resolve('axe-core/axe.min.js'), 'utf8'), folder, log);
}

export class Browser {
    constructor(running, axe, folder, log) {
        Object.assign(this, { running, axe, folder, log });
    }

    // dark, width, height, reducedMotion: how the person has it. hash: what follows the `#`.
    async open(file, { dark = false, width = 1280, height = 900, reducedMotion = false, hash = '' } = {}) {
        const context = await this.running.newContext({
            viewport: { width, height },
            colorScheme: dark ? 'dark' : 'light',
            reducedMotion: reducedMotion ? 'reduce' : 'no-preference',
            acceptDownloads: true,
        });
        const page = await context.newPage();
        const sheet = new Sheet(context, page, this.axe, pathToFileURL(resolve(file)).href);
        await page.goto(sheet.address + (hash && `#${hash}`));
        return sheet;
    }

    // The addresses that pages asked for, by the browser's own log of its network. What it asks for on its own has no origin.
    async close() {
        await this.running.close();
        const text = readFileSync(this.log, 'utf8');
        rmSync(this.folder, { recursive: true, force: true });
        const { events } = read(text);
        const asked = events.filter(({ params }) => params?.url && params.initiator && params.initiator !== 'not an origin');
        return [...new Set(asked.map(({ params }) => params.url).filter((url) => !/^(blob|data|file):/.test(url)))];
    }
}

export class Sheet {
    requests = [];
    errors = [];

    constructor(context, page, axe, address) {
        Object.assign(this, { context, page, axe, address });
        page.on('request', (request) => {
            const url = request.url();
            if (url.split('#')[0] !== address && !/^(blob|data):/.test(url)) this.requests.push(url);
        });
        page.on('websocket', (socket) => this.requests.push(socket.url()));
        page.on('console', (message) => message.type() === 'error' && this.errors.push(message.text()));
        page.on('pageerror', (error) => this.errors.push(String(error)));
    }

    // Every rule of axe, best practices among them. By the debugger: the policy of the page lets in no script.
    async violations() {
        const session = await this.context.newCDPSession(this.page);
        const evaluate = async (expression, more = {}) => {
            const { result, exceptionDetails } = await session.send('Runtime.evaluate', { expression, returnByValue: true, ...more });
            if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
            return result.value;
        };
        await evaluate(`${this.axe};0`);
        const found = await evaluate('axe.run(document, { resultTypes: ["violations"] }).then((all) => all.violations)', { awaitPromise: true });
        await session.detach();
        return found.map((rule) => `${rule.id}: ${rule.help}: ${rule.nodes.slice(0, 4).map((node) => `${node.target} ${node.html.slice(0, 160)}`).join('; ')}`);
    }

    close() {
        return this.context.close();
    }
}
