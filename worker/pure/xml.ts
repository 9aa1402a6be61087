/** An element of a document: its text, with the elements within it left out, and those elements. */
export interface XmlElement {
	name: string;
	attributes: Record<string, string>;
	text: string;
	children: XmlElement[];
}

/** The text is no well-formed document. */
export class BadXml extends Error {
	override readonly name = "BadXml";
}

// XML has no way to write these characters, not even escaped.
const UNWRITABLE = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;
const ESCAPES: Record<string, string> = {
	"&": "&amp;",
	"<": "&lt;",
	">": "&gt;",
	'"': "&quot;",
	"\t": "&#9;",
	"\n": "&#10;",
	"\r": "&#13;",
};

/** What is written of a value that is not there: nothing. */
type Attributes = Record<string, string | number | boolean | undefined>;

/** One element as text (XML 1.0). Attributes and text may hold anything; `inside` is what this function made. */
export function xml(name: string, attributes: Attributes = {}, text = "", inside: readonly string[] = []): string {
	const given = Object.entries(attributes).flatMap(([attribute, value]) =>
		value === undefined ? [] : [` ${attribute}="${escaped(String(value), /[&<>"\t\n\r]/g)}"`],
	);
	const body = escaped(text, /[&<>\r]/g) + inside.join("");
	return `<${name}${given.join("")}${body === "" ? "/>" : `>${body}</${name}>`}`;
}

/** A document with this root. */
export function xmlDocument(root: string): string {
	return `<?xml version="1.0" encoding="UTF-8"?>${root}`;
}

function escaped(text: string, wanted: RegExp): string {
	return text
		.toWellFormed()
		.replace(UNWRITABLE, "")
		.replace(wanted, (letter) => ESCAPES[letter] ?? letter);
}

// A declaration or comment; a tag with its attributes; or text.
const TOKEN =
	/<\?[^>]*\?>|<!--.*?-->|<(\/?)([A-Za-z_][\w.-]*)((?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|([^<]+)/gsy;
const ATTRIBUTE = /([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
const ENTITIES: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/** Reads a document without doctype, CDATA and namespaces, of which answers to a carrier have none. Throws {@link BadXml}. */
export function readXml(text: string): XmlElement {
	const outside: XmlElement = { name: "", attributes: {}, text: "", children: [] };
	const open = [outside];
	TOKEN.lastIndex = 0;
	while (TOKEN.lastIndex < text.length) {
		const at = TOKEN.lastIndex;
		const token = TOKEN.exec(text);
		if (!token) throw new BadXml(`Nothing that can stand at character ${at}`);
		const [, closing, name, attributes = "", empty, words] = token;
		const [inner] = open.slice(-1);
		if (words !== undefined) append(inner, words);
		else if (name !== undefined && closing) close(open, name);
		else if (name !== undefined)
			enter(open, { name, attributes: attributesOf(attributes), text: "", children: [] }, !!empty);
	}
	const [root, ...others] = outside.children;
	if (open.length > 1 || !root || others.length > 0 || outside.text.trim()) throw new BadXml("Not one whole element");
	return root;
}

function append(element: XmlElement | undefined, words: string): void {
	if (element) element.text += plain(words);
}

function enter(open: XmlElement[], element: XmlElement, isEmpty: boolean): void {
	open.at(-1)?.children.push(element);
	if (!isEmpty) open.push(element);
}

function close(open: XmlElement[], name: string): void {
	const last = open.pop();
	if (last?.name !== name) throw new BadXml(`</${name}> closes ${last?.name || "nothing"}`);
	last.text = last.text.trim();
}

function attributesOf(text: string): Record<string, string> {
	const found: Record<string, string> = {};
	for (const [, name = "", double, single] of text.matchAll(ATTRIBUTE)) {
		if (Object.hasOwn(found, name)) throw new BadXml(`${name} stands twice`);
		found[name] = plain(double ?? single ?? "");
	}
	return found;
}

function plain(text: string): string {
	return text.replace(/&(?:#(\d+)|#x([\da-fA-F]+)|(\w+));|&/g, (all, decimal, hex, name) => {
		const code = decimal ? Number(decimal) : hex ? Number.parseInt(hex, 16) : null;
		if (code !== null && code <= 0x10ffff) return String.fromCodePoint(code);
		const letter = name === undefined ? undefined : ENTITIES[name];
		if (letter === undefined) throw new BadXml(`${all} means nothing`);
		return letter;
	});
}
