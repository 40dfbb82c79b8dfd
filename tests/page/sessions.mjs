// Parts of a test, each with a page of its own; what it asked for and what went wrong in it is looked at when it ends.
import assert from 'node:assert';
import { Person } from './person.mjs';

export function sessions(browser, page) {
    const began = performance.now();
    const parts = [];

    async function part(what, does, options = {}) {
        const start = performance.now();
        const person = await Person.with(await browser.open(page, options));
        try {
            await does(person);
        } catch (error) {
            const said = await person.text('body').catch(() => '');
            throw new Error(`${what}: ${error.stack}\n${person.sheet.errors.join('\n')}\n--- the page says\n${said.slice(0, 5000)}`);
        }
        assert.deepEqual([person.sheet.requests, person.sheet.errors], [[], []], what);
        await person.sheet.close();
        parts.push(`${what}: ${Math.round(performance.now() - start)} ms`);
    }

    // The browser's own log of its network has the last word.
    async function end() {
        const log = await browser.close();
        assert.deepEqual(log, []);
        console.log(parts.join('\n'));
        console.log(`${parts.length} parts in ${Math.round((performance.now() - began) / 1000)} s; requests: 0, in the browser's log: ${log.length}`);
    }
    return { part, end };
}
