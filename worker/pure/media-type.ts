import { sniffAudio } from "./audio";

const latin = (bytes: Uint8Array, from: number, to: number) => String.fromCharCode(...bytes.subarray(from, to));

/** So many bytes tell what a file is. */
export const MEDIA_SNIFF_BYTES = 64;

/** What a file is by its first bytes, whatever it calls itself: pictures, sound, film, PDF and visiting cards. Null for all else. */
export function sniffMedia(bytes: Uint8Array): string | null {
	if (latin(bytes, 0, 3) === "\xff\xd8\xff") return "image/jpeg";
	if (latin(bytes, 0, 8) === "\x89PNG\r\n\x1a\n") return "image/png";
	if (/^GIF8[79]a/.test(latin(bytes, 0, 6))) return "image/gif";
	if (latin(bytes, 0, 4) === "RIFF" && latin(bytes, 8, 12) === "WEBP") return "image/webp";
	if (latin(bytes, 4, 8) === "ftyp") return filmType(latin(bytes, 8, 12));
	if (latin(bytes, 0, 5) === "#!AMR") return "audio/amr";
	if (latin(bytes, 0, 5) === "%PDF-") return "application/pdf";
	if (/^BEGIN:VCARD\r?\n/i.test(latin(bytes, 0, 15))) return "text/vcard";
	return sniffAudio(bytes);
}

function filmType(brand: string): string {
	if (/^(heic|heix|mif1|msf1)/.test(brand)) return "image/heic";
	if (brand.startsWith("M4A")) return "audio/mp4";
	return /^3g[p2]/.test(brand) ? "video/3gpp" : "video/mp4";
}

const SHOWN = /^(image\/(jpeg|png|gif|webp)|audio\/|video\/)/;

/** True for what a browser may show in place; the rest is for saving. */
export function isShown(mediaType: string): boolean {
	return SHOWN.test(mediaType);
}
