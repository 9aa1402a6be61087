// The GSM 03.38 alphabet; letters of the second set count twice.
const BASIC = new Set(
	"@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà",
);
const EXTENDED = new Set("\f^{}\\[~]|€");

/** Into how many messages of the network a text is cut. */
export function segmentsOf(body: string): number {
	const letters = [...body];
	const gsm = letters.every((letter) => BASIC.has(letter) || EXTENDED.has(letter));
	const length = gsm ? letters.reduce((sum, letter) => sum + (EXTENDED.has(letter) ? 2 : 1), 0) : body.length;
	const [single, part] = gsm ? [160, 153] : [70, 67];
	return length <= single ? 1 : Math.ceil(length / part);
}
