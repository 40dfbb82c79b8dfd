// cases.mjs MODULE FOLDER: every run of the cases in FOLDER that the engine can make without a machine gives the bytes, and the exit code, that the
// program is to give. Prints how many runs and bytes that were, and what was left out.
import assert from 'node:assert';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Engine, compile } from '../../cli/page/module.mjs';

const [module, folder] = process.argv.slice(2);
const commands = new Set(['status', 'diff', 'show', 'lint', 'doctor', 'explain', 'export', 'profiles', 'releases', 'version', 'help']);
const expectations = new Set(['exit', 'stdout', 'stderr', 'screen', 'content']);
const place = '/tmp/schancfg-case-0000';

// As tests/cli/run_case.py reads them.
function sections(text) {
    const out = [];
    for (const line of text.match(/[^\n]*\n|[^\n]+/g) ?? []) {
        if (line.startsWith('== ')) {
            const [, name, rest] = /^(\S+) ?(.*)$/.exec(line.slice(3).replace(/\n$/, ''));
            const words = rest.split(/\s+/).filter(Boolean);
            const named = ['file', 'content'].includes(name);
            const flagged = named || ['stdout', 'stderr', 'screen', 'input'].includes(name);
            out.push({ name, argument: flagged ? words.slice(0, named ? 1 : 0).join(' ') : rest, flags: flagged ? words.slice(named ? 1 : 0) : [], lines: [] });
        } else if (out.length) {
            out.at(-1).lines.push(line);
        }
    }
    for (const each of out) {
        if (each.lines.at(-1) === '\n') each.lines.pop();
        each.text = each.lines.join('');
    }
    return out;
}

function encode(text, flags) {
    if (flags.includes('no-eol')) text = text.slice(0, -1);
    if (flags.includes('crlf') || flags.includes('utf-16')) text = text.replaceAll('\n', '\r\n');
    if (flags.includes('hex')) return Buffer.from(text.replace(/\s/g, ''), 'hex');
    return flags.includes('utf-16') ? Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]) : Buffer.from(text);
}

// Words as a shell splits them.
function split(line) {
    const out = [];
    let word;
    for (let i = 0; i < line.length; ++i) {
        const c = line[i];
        if (c === "'" || c === '"') {
            const end = line.indexOf(c, i + 1);
            word = (word ?? '') + (c === '"' ? line.slice(i + 1, end).replace(/\\(["\\])/g, '$1') : line.slice(i + 1, end));
            i = end;
        } else if (c === '\\') {
            word = (word ?? '') + line[++i];
        } else if (/\s/.test(c)) {
            if (word !== undefined) out.push(word);
            word = undefined;
        } else {
            word = (word ?? '') + c;
        }
    }
    if (word !== undefined) out.push(word);
    return out;
}

// The request that the words of a command line are; undefined where they are a mistake of its syntax alone.
function request(words, switches) {
    const [command, ...rest] = words;
    if (!commands.has(command)) return undefined;
    const options = {};
    const operands = [];
    const letters = { o: 'output', q: 'quiet', v: 'verbose' };
    for (let i = 0; i < rest.length; ++i) {
        let word = rest[i];
        if (word === '--') {
            operands.push(...rest.slice(i + 1));
            break;
        }
        if (!word.startsWith('-') || word === '-' || word.startsWith('-@') || /^-\d+$/.test(word)) {
            operands.push(word);
            continue;
        }
        let name;
        let value;
        if (word.startsWith('--')) {
            [name] = word.slice(2).split('=', 1);
            if (word.includes('=')) value = word.slice(word.indexOf('=') + 1);
        } else {
            if (word.length !== 2) return undefined;
            name = letters[word[1]];
            if (!name) return undefined;
        }
        if (name === 'help' || name === 'version' || !switches.has(name)) return undefined;
        if (switches.get(name)) {
            if (value !== undefined) return undefined;
            value = '';
        } else if (value === undefined) {
            if (i + 1 === rest.length) return undefined;
            value = rest[++i];
            if (value.startsWith('--')) return undefined;
        }
        (options[name] ??= []).push(value);
    }
    return { command, operands, options, folder: place };
}

const compiled = await compile(module);
const engine = await Engine.start(compiled);
const manual = JSON.parse(engine.run({ command: 'help', options: { format: ['json'] } }).stdout);
const switches = new Map(manual.commands.flatMap((command) => command.options.map((option) => [option.name, !option.argument])));

const time = /\b\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z/g;
function general(text, bound) {
    for (const [kind, pattern] of [['id', /\b\d{8}T\d{6}Z-[0-9a-f]{4,}\b/g], ['time', time], ['sha256', /\b[0-9a-f]{64}\b/g]]) {
        text = text.replace(pattern, (found) => {
            if (kind === 'time') return '{time}';
            const values = bound[kind];
            if (!values.includes(found)) values.push(found);
            const number = values.indexOf(found) + 1;
            return `{${kind}${number === 1 ? '' : `-${number}`}}`;
        });
    }
    return text.replaceAll('\x1b', '{esc}').replaceAll(place, '{tmp}');
}

const left = new Map();
const leave = (why) => left.set(why, (left.get(why) ?? 0) + 1);
const byCommand = new Map();
let cases = 0;
let runs = 0;
let bytes = 0;
const wrong = [];
const exports = []; // the registry exports of all cases

for (const file of readdirSync(folder).filter((name) => name.endsWith('.case')).sort()) {
    const all = sections(readFileSync(join(folder, file), 'utf8'));
    if (all.some((section) => section.name === 'only' && section.argument === 'windows')) continue;
    engine.forget();
    const bound = { id: [], sha256: [] };
    const fill = (text) => {
        for (const [kind, values] of Object.entries(bound)) values.forEach((value, i) => (text = text.replaceAll(`{${kind}${i ? `-${i + 1}` : ''}}`, value)));
        return text.replaceAll('{tmp}', place).replaceAll('{esc}', '\x1b');
    };
    const files = new Set();
    let untrue; // why what follows can't be the same
    const unlike = new Map(); // files that the module has not, or not as the program left them: why
    let here = 0;
    for (let i = 0; i < all.length; ++i) {
        let input = Buffer.alloc(0);
        let why;
        for (; i < all.length && all[i].name !== 'run'; ++i) {
            const { name, argument, flags, text } = all[i];
            if (name === 'file') {
                const content = encode(fill(text), flags);
                engine.give(join(place, argument), content);
                files.add(argument);
                if (argument.endsWith('.reg')) exports.push(content);
            } else if (name === 'folder') engine.folder(join(place, argument));
            else if (name === 'remove') engine.take(join(place, argument));
            else if (name === 'input') input = encode(text, flags);
            else if (name === 'answers') why = 'a terminal';
            else if (name === 'on' && argument === 'windows') why = 'another system';
            else if (name === 'sparse' || name === 'link') unlike.set(argument.split(' ')[0], `a ${name === 'link' ? 'link' : 'sparse file'}`);
            else if (name === 'environment' && /^(NO_COLOR|COLUMNS|TERM)/.test(argument)) continue;
            else if (name === 'environment') untrue = 'the environment';
        }
        if (i === all.length) break;
        const run = all[i].argument;
        const words = split(fill(run));
        const expected = { exit: 0, stdout: Buffer.alloc(0), stderr: Buffer.alloc(0), content: [] };
        while (i + 1 < all.length && expectations.has(all[i + 1].name)) {
            const { name, argument, flags, text } = all[++i];
            if (name === 'exit') expected.exit = Number(argument);
            else if (name === 'content') expected.content.push({ name: argument, flags, text });
            else expected[name] = encode(text, flags);
        }
        const asked = request(words, switches);
        if (asked && input.length) {
            asked.input = input.toString('utf8');
            if (!Buffer.from(asked.input).equals(input)) why = 'standard input that is not UTF-8';
        }
        why ??= untrue ?? (asked ? undefined : commands.has(words[0]) ? 'the syntax of the command line' : 'commands for a machine');
        if (!why && /\b(live|hive|gpo):|\blogs\b|\/dev\/|\/proc\/|\/etc\//.test(words.join(' '))) why = 'a source that a page has not';
        if (/\{id(-\d+)?\}|was interrupted;|schancfg (undo|confirm) /.test(run + expected.stderr)) why ??= 'undo records';
        for (const [name, reason] of unlike) if (words.some((word) => word.includes(name) || name.startsWith(word + '/'))) why ??= reason;
        if (why) {
            leave(why);
            // What it would have written is not there.
            const behind = 'what a command for a machine left behind';
            if (words[0] === 'apply') {
                for (const word of words) {
                    const name = word.replace(/^(reg|memory):/, '').replace(/@[^@/]*$/, '');
                    if (name !== word || files.has(name) || /\.(json|reg|toml)$/.test(name)) unlike.set(name, behind);
                }
            } else if (['undo', 'confirm', 'revert'].includes(words[0])) {
                untrue ??= behind;
            }
            for (const { name } of expected.content) unlike.set(fill(name), behind);
            for (let at = 1; at + 1 < words.length; ++at) if (['-o', '--output', '--save', '--backup'].includes(words[at])) unlike.set(words[at + 1], behind);
            continue;
        }
        const did = engine.run(asked);
        runs += 1;
        here = 1;
        const count = byCommand.get(words[0]) ?? { runs: 0, bytes: 0 };
        count.runs += 1;
        count.bytes += did.stdout.length + did.stderr.length;
        byCommand.set(words[0], count);
        bytes += did.stdout.length + did.stderr.length;
        const same = (name, got, want) => {
            if (got.equals(want)) return;
            const one = general(got.toString('utf8'), bound);
            const other = want.toString('utf8').replaceAll(place, '{tmp}').replaceAll('\x1b', '{esc}');
            if (one !== other) wrong.push(`${file}: ${words.join(' ')}: ${name}:\n--- the module\n${one.slice(0, 3000)}\n--- the program\n${other.slice(0, 3000)}`);
        };
        if (did.exit !== expected.exit) wrong.push(`${file}: ${words.join(' ')}: ends with ${did.exit}, the program with ${expected.exit}`);
        same('stdout', did.stdout, expected.stdout);
        same('stderr', did.stderr, expected.stderr);
        for (const { name, flags, text } of expected.content) {
            const file = join(place, fill(name));
            const got = engine.take(file);
            if (flags.includes('absent') !== !got) wrong.push(`${name} is ${got ? 'there' : 'not there'}`);
            if (!got) continue;
            engine.give(file, got);
            bytes += got.length;
            same(name, got, encode(fill(text), flags));
        }
    }
    cases += here;
}

for (const each of wrong.slice(0, 20)) console.error(each);
console.log(`${cases} cases, ${runs} runs, ${bytes} bytes the same`);
for (const [command, count] of [...byCommand].sort()) console.log(`  ${command}: ${count.runs} runs, ${count.bytes} bytes`);
for (const [why, count] of [...left].sort()) console.log(`  left out for ${why}: ${count} runs`);
assert.equal(wrong.length, 0, `${wrong.length} differ`);
assert.ok(runs > 300, 'too few runs');

// Of an export that came in parts all is said that is said of a whole one, in whatever parts it came.
engine.forget();
let parted = 0;
for (const [number, content] of exports.entries()) {
    const asked = [{ command: 'status', operands: ['reg:/x.reg'], options: { format: ['json'] } }, { command: 'status', operands: ['reg:/x.reg'], options: { os: ['2019'] } },
        { command: 'diff', operands: ['strict'], options: { target: ['reg:/x.reg'], format: ['json'] } }, { command: 'export', options: { target: ['reg:/x.reg'], format: ['json'] } }];
    const said = () => asked.map((request) => engine.run(request)).map(({ exit, stdout, stderr }) => [exit, stdout.toString(), stderr.toString()]);
    engine.give('/x.reg', content);
    const whole = said();
    if (!engine.giveExport('/x.reg', content, 1 + (number % 13) * 31)) continue;
    assert.deepEqual(said(), whole, content.toString());
    parted += 1;
}
console.log(`${parted} of ${exports.length} exports the same in parts`);
assert.ok(parted > 20);

// A text that breaks it is an error in words, and what is no request is one too.
assert.equal(engine.run('nonsense').exit, 2);
assert.match(engine.run({ command: 'undo' }).stderr.toString(), /for a machine/);
assert.match(engine.run({ command: 'status', options: { sauce: ['x'] } }).stderr.toString(), /unknown option "--sauce"/);
