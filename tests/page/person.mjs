// Person: what somebody does on the page, by what they see of it.
import { join } from 'node:path';

// The worker's script with a way to make the next call of the engine end in a trap of its own: an address that its memory does not have.
const prelude = `{
    const instantiate = WebAssembly.instantiate;
    WebAssembly.instantiate = async (...given) => {
        const instance = await instantiate(...given);
        const { schancfg_run: run, ...rest } = instance.exports;
        return { exports: { ...rest, schancfg_run: (at, size) => (self.trapNext ? run(-16, 64) : run(at, size)) } };
    };
}`;

export class Person {
    static async with(sheet) {
        const person = new Person();
        Object.assign(person, { sheet, page: sheet.page });
        sheet.page.setDefaultTimeout(20_000);
        await sheet.page.locator('#main').waitFor();
        return person;
    }

    // Until what was done is answered.
    async idle() {
        await this.page.evaluate(() => new Promise((done) => setTimeout(done, 30)));
        await this.page.waitForFunction(() => document.getElementById('main')?.getAttribute('aria-busy') === 'false');
    }

    text(selector) {
        return this.page.locator(selector).first().innerText();
    }

    async show(view) {
        await this.page.getByRole('navigation').getByRole('button', { name: view }).click();
        await this.idle();
    }

    async release(id) {
        await this.page.locator('#release').selectOption(id);
        await this.idle();
    }

    async template(name) {
        await this.page.getByLabel('Start from a template').selectOption(name);
        await this.idle();
    }

    async choose(label, value) {
        await this.page.getByRole('combobox', { name: label, exact: true }).selectOption(value);
        await this.idle();
    }

    async value(label) {
        if (!(await this.page.getByRole('heading', { name: /^Settings for/ }).count())) await this.show('Settings');
        return this.page.getByRole('combobox', { name: label, exact: true }).inputValue();
    }

    async fill(label, value) {
        const field = this.page.getByLabel(label, { exact: false }).first();
        await field.fill(value);
        await field.press('Tab');
        await this.idle();
    }

    async click(name) {
        await this.page.getByRole('button', { name, exact: true }).first().click();
        await this.idle();
    }

    // By the file chooser.
    async give(...files) {
        await this.page.locator('input[type=file]').setInputFiles(files);
        await this.idle();
    }

    // By dropping: [name, text] each.
    async drop(files) {
        await this.page.locator('.drop').evaluate((place, given) => {
            const dataTransfer = new DataTransfer();
            for (const [name, text] of given) dataTransfer.items.add(new File([text], name));
            place.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
        }, files);
        await this.idle();
    }

    async download(name, folder) {
        const [download] = await Promise.all([this.page.waitForEvent('download'), this.page.getByRole('button', { name, exact: true }).click()]);
        const file = join(folder, download.suggestedFilename());
        await download.saveAs(file);
        return file;
    }

    // The next instance traps at once.
    trapNext() {
        return this.replaceEngine(`self.trapNext = true;${prelude}`);
    }

    // The instance that is there ends at the next question, and that script runs before the engine's in the one that takes over.
    async replaceEngine(script) {
        await this.page.evaluate((text) => {
            const make = URL.createObjectURL;
            URL.createObjectURL = (blob) => {
                URL.createObjectURL = make;
                return make.call(URL, blob.type === 'text/javascript' ? new Blob([text, blob], { type: blob.type }) : blob);
            };
        }, script);
        await this.page.workers()[0]?.evaluate(() => {
            self.onmessage = () => {
                throw new WebAssembly.RuntimeError('ended');
            };
        });
    }

    // From a choice to what comes of it, painted; in milliseconds. A choice: a value for what has a list, a text for what is typed into, nothing for what is clicked.
    timed(locator, value) {
        return locator.evaluate((element, chosen) => new Promise((done) => {
            const main = document.getElementById('main');
            const start = performance.now();
            const watch = new MutationObserver(() => {
                if (main.getAttribute('aria-busy') !== 'false') return;
                watch.disconnect();
                requestAnimationFrame(() => {
                    const channel = new MessageChannel();
                    channel.port1.onmessage = () => done(performance.now() - start);
                    channel.port2.postMessage(0);
                });
            });
            watch.observe(main, { attributes: true, attributeFilter: ['aria-busy'] });
            if (chosen === null) return element.click();
            element.value = chosen;
            element.dispatchEvent(new Event('change', { bubbles: true }));
        }), value ?? null);
    }

    // From choosing a file to its name in the list of files, and to what comes of it, both painted; in milliseconds. `mostPart`: how far the bar of progress was seen to go.
    async timedFile(file) {
        await this.page.evaluate(() => {
            const main = document.getElementById('main');
            const times = (globalThis.timedFile = { mostPart: 0 });
            const paint = (done) => requestAnimationFrame(() => {
                const channel = new MessageChannel();
                channel.port1.onmessage = done;
                channel.port2.postMessage(0);
            });
            let start = 0;
            document.addEventListener('change', () => (start ||= performance.now()), { capture: true });
            let isJudging = false;
            const watch = new MutationObserver(() => {
                times.mostPart = Math.max(times.mostPart, document.querySelector('progress')?.value ?? 0);
                if (document.querySelector('.files li')) times.named ??= (paint(() => (times.named = performance.now() - start)), 0);
                isJudging ||= times.named !== undefined;
                if (!isJudging || main.getAttribute('aria-busy') !== 'false') return;
                watch.disconnect();
                paint(() => (times.judged = performance.now() - start));
            });
            watch.observe(document.body, { attributes: true, childList: true, subtree: true });
        });
        await this.page.locator('input[type=file]').setInputFiles(file);
        await this.page.waitForFunction(() => globalThis.timedFile.judged > 0 && globalThis.timedFile.named > 0);
        return this.page.evaluate(() => globalThis.timedFile);
    }
}
