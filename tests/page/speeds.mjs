// speeds.mjs PAGE PROGRAM [FILE] [ROUNDS]: how long a large export takes on the page and by the program, by turns, in one run; and what the browser takes to hand over its
// bytes and do nothing with them. Without FILE it makes an export of 64 MiB like that of a machine. Prints the least and the median of the rounds.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { launch } from './driver.mjs';
import { largeExport } from './large.mjs';
import { Person } from './person.mjs';

const [page, program, given, rounds = '10'] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'schancfg-speeds-'));
const file = given ? resolve(given) : join(folder, 'large.reg');
if (!given) writeFileSync(file, largeExport(64 << 20));

// A page that only reads.
const worker = `onmessage = async ({ data: { file, how } }) => {
    const start = performance.now();
    if (how === 'whole') await file.arrayBuffer();
    else {
        const memory = how === 'copied' ? new Uint8Array(new WebAssembly.Memory({ initial: 64 }).buffer) : undefined;
        const coming = file.stream().getReader();
        for (let next = await coming.read(); next.value; next = await coming.read()) memory?.set(next.value);
    }
    postMessage(performance.now() - start);
};`;
writeFileSync(join(folder, 'read.html'), `<!doctype html><html lang="en"><title>read</title><input type="file"><script>
const worker = new Worker(URL.createObjectURL(new Blob([${JSON.stringify(worker)}])));
const read = (how) => new Promise((done) => { worker.onmessage = ({ data }) => done(data); worker.postMessage({ file: document.querySelector('input').files[0], how }); });
</script></html>`);

const nothing = join(folder, 'nothing.toml');
writeFileSync(nothing, 'format = 1\nname = "Nothing"\n');
const peers = fileURLToPath(new URL('../peers', import.meta.url));

const times = {};
const add = (what, milliseconds) => (times[what] ??= []).push(milliseconds);
const browser = await launch();
const reading = await browser.open(join(folder, 'read.html'));
await reading.page.locator('input').setInputFiles(file);
for (let round = 0; round < Number(rounds); ++round) {
    const start = performance.now();
    const { status } = spawnSync(program, ['status', `reg:${file}`, '--format', 'json', '-o', join(folder, 'status.json')]);
    add('the program: status', performance.now() - start);
    if (status !== 0) throw new Error(`the program ends with ${status}`);
    // What the page shows of a file, in processes of their own: all lines are looked at here, so that it takes seconds.
    if (round < 2) {
        const begun = performance.now();
        for (const words of [['status', `reg:${file}`], ['lint', file, '--fail-on', 'error'], ['diff', nothing, '--target', `reg:${file}`, '--peers', peers]]) {
            const done = spawnSync(program, [...words, '--format', 'json', '-o', join(folder, `${words[0]}.json`)], { encoding: 'utf8' });
            if (done.status > 1) throw new Error(`${words[0]} ends with ${done.status}: ${done.stderr}`);
        }
        add('the program: status, lint and diff with the peers of today', performance.now() - begun);
    }
    for (const [how, what] of [['whole', 'the browser: all bytes at once'], ['stream', 'the browser: as a stream'], ['copied', 'the browser: as a stream, into memory of a module']]) add(what, await reading.page.evaluate((word) => read(word), how));
    const person = await Person.with(await browser.open(page));
    await person.idle();
    await person.page.waitForTimeout(300);
    const { named, judged } = await person.timedFile(file);
    add('the page: named', named);
    add('the page: judged', judged);
    await person.sheet.close();
}
await browser.close();
console.log(`${statSync(file).size} bytes, ${rounds} rounds: least, median (ms)`);
for (const [what, all] of Object.entries(times)) {
    all.sort((one, other) => one - other);
    console.log(`${all[0].toFixed(0).padStart(6)} ${all[all.length >> 1].toFixed(0).padStart(6)}  ${what}`);
}
rmSync(folder, { recursive: true });
