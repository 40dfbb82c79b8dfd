// The engine as the page sees it: files are given once and kept here, so that a new worker can take over from one that trapped; requests are run one
// after the other.
export interface Request {
    command: string;
    operands?: string[];
    options?: Record<string, string[]>;
    input?: string;
}

/// What a file holds: a large one stays where it is, and the worker alone reads it.
export type Content = Uint8Array<ArrayBuffer> | Blob;

export type Message =
    | { kind: 'start'; module: string; files: [string, Content][] }
    | { kind: 'file'; name: string; bytes: Content }
    | { kind: 'sieve'; name: string; content: Blob; request: Request } // of a large export keep what a state is read from, and run that; or keep nothing
    | { kind: 'run'; given: [string, Content][]; requests: Request[]; files: string[] };

export type Answer =
    | { kind: 'ready'; sieved: string[] } // files of which is kept what a state is read from
    | { kind: 'given'; sieved: string[] }
    | { kind: 'progress'; text: string; part?: number } // done, of 1
    | { kind: 'answers'; outcomes: Outcome[] }
    | { kind: 'trap'; message: string };

export interface Outcome {
    exit: number;
    output: Uint8Array<ArrayBuffer>;
    error: string; // lines of the log, as the program prints them
    written: Record<string, Uint8Array>;
    milliseconds: number;
}

/// The instance is gone; what it was asked is what it can't do.
export class Trap extends Error {}
/// The person wanted no answer any more.
export class Cancelled extends Trap {}

export class Engine {
    private worker: Worker | undefined;
    private ready: Promise<void> | undefined;
    private readonly files = new Map<string, Content>();
    private queue: Promise<unknown> = Promise.resolve();
    private asked = 0; // what is in the queue
    private waiting: { take: (answer: Answer) => void; fail: (error: Error) => void } | undefined;
    /// How often an instance was replaced.
    restarts = 0;
    onProgress: (text: string | undefined, part?: number) => void = () => undefined;
    private readonly sieved = new Set<string>();

    constructor(
        private readonly script: string,
        private readonly module: string, // packed, in Base64: unpacked by the worker
    ) {}

    /// Starts an instance before it is needed.
    warm(): Promise<void> {
        return this.next(async () => {
            this.ready ??= this.start();
            await this.ready;
        });
    }

    /// Files that are there from the start on.
    hold(name: string, bytes: Content): void {
        this.files.set(name, bytes);
    }

    give(name: string, bytes: Content): Promise<void> {
        return this.next(async () => {
            this.files.set(name, bytes);
            if (this.ready) await this.send({ kind: 'file', name, bytes });
        });
    }

    /// Keeps of a large export what a state is read from, and asks about it. undefined: that can't be done, and nothing is kept.
    sieve(name: string, content: Blob, request: Request): Promise<Outcome | undefined> {
        return this.next(async () => {
            const answer = await this.send({ kind: 'sieve', name, content, request });
            this.onProgress(undefined);
            const [outcome] = answer.kind === 'answers' ? answer.outcomes : [];
            if (!outcome) return undefined;
            this.files.set(name, content);
            this.sieved.add(name);
            return outcome;
        });
    }

    forget(name: string): void {
        this.files.delete(name);
        this.sieved.delete(name);
    }

    /// The engine has of it what a state is read from, and reading it again takes no time.
    isSieved(name: string): boolean {
        return this.sieved.has(name);
    }

    content(name: string): Content | undefined {
        return this.files.get(name);
    }

    async run(request: Request, files: string[] = []): Promise<Outcome> {
        const [outcome] = await this.next(() => this.askNow([request], [], files));
        if (!outcome) throw new Trap('the engine gave no answer');
        return outcome;
    }

    /// Several requests at once, by names of the caller's, in their order, with small files that they need. undefined: when it was their turn, nobody wanted them any more.
    ask<Name extends string>(requests: Record<Name, Request | undefined>, given: [string, Content][], isWanted: () => boolean): Promise<Partial<Record<Name, Outcome>> | undefined> {
        return this.next(async () => {
            if (!isWanted()) return undefined;
            const asked = Object.entries<Request | undefined>(requests).filter((each): each is [string, Request] => each[1] !== undefined);
            const outcomes = await this.askNow(asked.map(([, request]) => request), given, []);
            return Object.fromEntries(asked.map(([name], index) => [name, outcomes[index]])) as Partial<Record<Name, Outcome>>;
        });
    }

    private async askNow(requests: Request[], given: [string, Content][], files: string[]): Promise<Outcome[]> {
        for (const [name, bytes] of given) this.files.set(name, bytes);
        const answer = await this.send({ kind: 'run', given, requests, files });
        this.onProgress(undefined);
        if (answer.kind !== 'answers') throw new Trap('the engine gave no answer');
        return answer.outcomes;
    }

    /// Gives up what is being computed; what was asked fails, and a new instance takes over.
    cancel(): void {
        this.lose(new Cancelled('stopped'));
    }

    /// Nothing is being done, and nothing waits.
    get isFree(): boolean {
        return this.asked === 0;
    }

    private next<T>(work: () => Promise<T>): Promise<T> {
        this.asked += 1;
        const out = this.queue.then(work, work).finally(() => (this.asked -= 1));
        this.queue = out.catch(() => undefined);
        return out;
    }

    private async send(message: Message): Promise<Answer> {
        if (!this.ready) {
            this.ready = this.start();
            this.ready.catch(() => undefined);
            await this.ready;
            // A file that was to be given is among those of the start.
            if (message.kind === 'file') return { kind: 'given', sieved: [] };
        }
        await this.ready;
        return this.post(message);
    }

    private async start(): Promise<void> {
        const address = URL.createObjectURL(new Blob([this.script], { type: 'text/javascript' }));
        const worker = new Worker(address);
        this.worker = worker;
        worker.onmessage = (event: MessageEvent<Answer>) => {
            const answer = event.data;
            if (answer.kind === 'ready' || answer.kind === 'given') for (const name of answer.sieved) this.sieved.add(name);
            if (answer.kind === 'progress') this.onProgress(answer.text, answer.part);
            else if (answer.kind === 'trap') this.lose(new Trap(answer.message));
            else this.waiting?.take(answer);
        };
        worker.onerror = (event) => this.lose(new Trap(event.message || 'the worker could not be started'));
        await this.post({ kind: 'start', module: this.module, files: [...this.files] });
        URL.revokeObjectURL(address);
    }

    private post(message: Message): Promise<Answer> {
        return new Promise((take, fail) => {
            this.waiting = { take, fail };
            this.worker?.postMessage(message);
        });
    }

    private lose(error: Trap): void {
        this.worker?.terminate();
        this.worker = undefined;
        this.ready = undefined;
        this.restarts += 1;
        this.onProgress(undefined);
        this.waiting?.fail(error);
        this.waiting = undefined;
    }
}

/// The engine that lies in the page itself.
export function engineOfPage(): Engine {
    const text = (id: string): string => document.getElementById(id)?.textContent?.trim() ?? '';
    return new Engine(text('worker'), text('module'));
}
