// The GSM 03.38 alphabet; letters of the second set take two places and are not cut in half.
const BASIC = new Set(
	"@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà",
);
const EXTENDED = new Set("\f^{}\\[~]|€");

/** How the network cuts a text into messages. */
export interface Segmentation {
	encoding: "GSM-7" | "UCS-2";
	/** Messages of the network; each is paid for. 0 for an empty text. */
	segments: number;
	/** Places that the text takes: letters, of which some count twice. */
	used: number;
	/** Places in each message, as many as there are now. */
	perSegment: number;
	/** Places left in the last message. */
	left: number;
}

/** Counts exactly: 160 places in one GSM-7 message and 153 in each of several; 70 and 67 in UCS-2. */
export function segmentation(body: string): Segmentation {
	const letters = [...body];
	const gsm = letters.every((letter) => BASIC.has(letter) || EXTENDED.has(letter));
	const sizes = letters.map((letter) => (gsm ? (EXTENDED.has(letter) ? 2 : 1) : letter.length));
	const used = sizes.reduce((sum, size) => sum + size, 0);
	const encoding = gsm ? "GSM-7" : "UCS-2";
	const [single, part] = gsm ? [160, 153] : [70, 67];
	if (used <= single) return { encoding, segments: used === 0 ? 0 : 1, used, perSegment: single, left: single - used };
	const { full, inLast } = packed(sizes, part);
	return { encoding, segments: full + 1, used, perSegment: part, left: part - inLast };
}

/** Into how many messages of the network a text is cut; at least one, which a picture without words takes too. */
export function segmentsOf(body: string): number {
	return Math.max(1, segmentation(body).segments);
}

/** A letter of two places that no longer fits begins the next message. */
function packed(sizes: number[], part: number): { full: number; inLast: number } {
	let full = 0;
	let inLast = 0;
	for (const size of sizes) {
		if (inLast + size > part) {
			full++;
			inLast = 0;
		}
		inLast += size;
	}
	return { full, inLast };
}
