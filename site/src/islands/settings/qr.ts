// QR codes after ISO/IEC 18004, for what an authenticator app scans: bytes, error correction L, versions 1 to 15.

/** By version from 1: check bytes per block, and blocks. */
const CHECK_BYTES = [7, 10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24, 26, 30, 22];
const BLOCKS = [1, 1, 1, 1, 1, 2, 2, 2, 2, 4, 4, 4, 4, 4, 6];

/** Rows of dark (true) and light modules, without the quiet zone. Throws when the text is longer than 500 bytes or so. */
export function qrOf(text: string): boolean[][] {
	const bytes = [...new TextEncoder().encode(text)];
	const version = BLOCKS.findIndex((_, at) => bytes.length + (at < 9 ? 2 : 3) <= dataBytes(at + 1)) + 1;
	if (version === 0) throw new Error("too long for a QR code");
	const field = new Field(version);
	field.fill(withChecks(packed(bytes, version), version));
	return field.dark;
}

function allBytes(version: number): number {
	const patterns = version === 1 ? 0 : Math.floor(version / 7) + 2;
	const lost = version === 1 ? 0 : (25 * patterns - 10) * patterns - 55 + (version >= 7 ? 36 : 0);
	return ((16 * version + 128) * version + 64 - lost) >> 3;
}

const at = (list: number[], index: number) => list[index] ?? 0;
const dataBytes = (version: number) => allBytes(version) - at(CHECK_BYTES, version - 1) * at(BLOCKS, version - 1);

/** Mode, length and text as bytes, filled up to what the version holds. */
function packed(bytes: number[], version: number): number[] {
	const length = bytes.length.toString(2).padStart(version < 10 ? 8 : 16, "0");
	const bits = `0100${length}${bytes.map((byte) => byte.toString(2).padStart(8, "0")).join("")}0000`;
	const whole = bits.match(/.{1,8}/g)?.map((byte) => Number.parseInt(byte.padEnd(8, "0"), 2)) ?? [];
	for (let pad = 0xec; whole.length < dataBytes(version); pad ^= 0xec ^ 0x11) whole.push(pad);
	return whole.slice(0, dataBytes(version));
}

/** The data in blocks with their check bytes, dealt out in turns. */
function withChecks(data: number[], version: number): number[] {
	const [checks, count] = [at(CHECK_BYTES, version - 1), at(BLOCKS, version - 1)];
	const short = Math.floor(data.length / count);
	const longer = data.length % count;
	let from = 0;
	const blocks = Array.from({ length: count }, (_, n) => {
		const block = data.slice(from, from + short + (n >= count - longer ? 1 : 0));
		from += block.length;
		return block;
	});
	const dealt = (rows: number[][], most: number) =>
		Array.from({ length: most }, (_, n) => rows.flatMap((row) => (n < row.length ? [at(row, n)] : []))).flat();
	return [
		...dealt(blocks, short + 1),
		...dealt(
			blocks.map((block) => remainder(block, generator(checks))),
			checks,
		),
	];
}

/** Multiplies in GF(2^8) over x^8 + x^4 + x^3 + x^2 + 1. */
function times(one: number, other: number): number {
	let product = 0;
	for (let bit = 7; bit >= 0; bit--) product = (product << 1) ^ ((product >> 7) * 0x11d) ^ (((other >> bit) & 1) * one);
	return product;
}

/** The product of (x - 2^0) ... (x - 2^(degree - 1)), highest power left out. */
function generator(degree: number): number[] {
	let factors = [...Array(degree - 1).fill(0), 1];
	for (let root = 1, n = 0; n < degree; n++, root = times(root, 2))
		factors = factors.map((factor, power) => times(factor, root) ^ (factors[power + 1] ?? 0));
	return factors;
}

function remainder(data: number[], divisor: number[]): number[] {
	let rest = divisor.map(() => 0);
	for (const byte of data) {
		const factor = byte ^ at(rest, 0);
		rest = divisor.map((part, n) => (rest[n + 1] ?? 0) ^ times(part, factor));
	}
	return rest;
}

/** Check bits of a short number: the remainder of a division by `divisor`, whose highest bit is `degree`. */
function shortChecks(number: number, divisor: number, degree: number): number {
	let rest = number;
	for (let n = 0; n < degree; n++) rest = (rest << 1) ^ ((rest >> (degree - 1)) * divisor);
	return (number << degree) | rest;
}

class Field {
	readonly dark: boolean[][];
	readonly #taken: boolean[][];
	readonly #size: number;

	constructor(version: number) {
		this.#size = 4 * version + 17;
		this.dark = this.#blank();
		this.#taken = this.#blank();
		this.#drawTiming();
		this.#drawCorners();
		this.#drawAlignment(version);
		this.#drawFormat();
		if (version >= 7) this.#drawVersion(version);
	}

	/** Writes the bytes in columns of two, from the right, up and down, and masks every other module. */
	fill(bytes: number[]): void {
		const bits = bytes.flatMap((byte) => [7, 6, 5, 4, 3, 2, 1, 0].map((bit) => ((byte >> bit) & 1) === 1));
		let next = 0;
		for (let right = this.#size - 1, up = true; right > 0; right -= right === 8 ? 3 : 2, up = !up)
			for (let step = 0; step < this.#size; step++)
				for (const x of [right, right - 1]) {
					const y = up ? this.#size - 1 - step : step;
					if (this.#taken[y]?.[x]) continue;
					this.#put(x, y, (bits[next++] ?? false) !== ((x + y) % 2 === 0));
				}
	}

	#blank(): boolean[][] {
		return Array.from({ length: this.#size }, () => Array<boolean>(this.#size).fill(false));
	}

	#put(x: number, y: number, dark: boolean): void {
		const [row, taken] = [this.dark[y], this.#taken[y]];
		if (!row || !taken || x < 0 || x >= this.#size) return;
		row[x] = dark;
		taken[x] = true;
	}

	#drawTiming(): void {
		for (let n = 0; n < this.#size; n++) {
			this.#put(6, n, n % 2 === 0);
			this.#put(n, 6, n % 2 === 0);
		}
	}

	#drawCorners(): void {
		const far = this.#size - 4;
		for (const [x, y] of [
			[3, 3],
			[far, 3],
			[3, far],
		] as const)
			for (let dy = -4; dy <= 4; dy++)
				for (let dx = -4; dx <= 4; dx++) {
					const ring = Math.max(Math.abs(dx), Math.abs(dy));
					this.#put(x + dx, y + dy, ring !== 2 && ring !== 4);
				}
	}

	#drawAlignment(version: number): void {
		if (version === 1) return;
		const count = Math.floor(version / 7) + 2;
		const step = Math.ceil((this.#size - 13) / (count * 2 - 2)) * 2;
		const places = [6, ...Array.from({ length: count - 1 }, (_, n) => this.#size - 7 - (count - 2 - n) * step)];
		const last = count - 1;
		for (const [i, y] of places.entries())
			for (const [j, x] of places.entries()) {
				if ((i === 0 && (j === 0 || j === last)) || (i === last && j === 0)) continue; // corners
				for (let dy = -2; dy <= 2; dy++)
					for (let dx = -2; dx <= 2; dx++) this.#put(x + dx, y + dy, Math.max(Math.abs(dx), Math.abs(dy)) !== 1);
			}
	}

	#drawFormat(): void {
		const bits = shortChecks(0b01_000, 0x537, 10) ^ 0x5412; // level L, mask 0
		const bit = (n: number) => ((bits >> n) & 1) === 1;
		const end = this.#size - 1;
		for (let n = 0; n < 15; n++) {
			const along = n < 6 ? n : n < 8 ? n + 1 : 14 - n;
			if (n < 8) {
				this.#put(8, along, bit(n));
				this.#put(end - n, 8, bit(n));
			} else {
				this.#put(n === 8 ? 7 : along, 8, bit(n));
				this.#put(8, end - 14 + n, bit(n));
			}
		}
		this.#put(8, end - 7, true);
	}

	#drawVersion(version: number): void {
		const bits = shortChecks(version, 0x1f25, 12);
		for (let n = 0; n < 18; n++) {
			const [near, far] = [Math.floor(n / 3), this.#size - 11 + (n % 3)];
			this.#put(far, near, ((bits >> n) & 1) === 1);
			this.#put(near, far, ((bits >> n) & 1) === 1);
		}
	}
}
