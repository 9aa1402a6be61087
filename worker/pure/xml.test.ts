import { XMLParser, XMLValidator } from "fast-xml-parser";
import { describe, expect, it } from "vitest";
import { BadXml, readXml, xml, xmlDocument } from "./xml";

const ODD = [
	`<script>alert("1")</script>`,
	"Ann & Bob's “desk” <3",
	"]]> -- <!-- &amp; &#60;",
	"عربي 中文 👩‍🚀",
	"a\tb",
	"\u0000\u0008\uFFFE\uD800 cut",
];

describe("xml", () => {
	it.each(ODD)("keeps %j what it is, in text and in attributes", (odd) => {
		const document = xmlDocument(xml("Response", {}, "", [xml("Say", { voice: odd }, odd)]));

		const read = readXml(document);

		const kept = ["\u0000", "\u0008", "\uFFFE"].reduce((text, lost) => text.replaceAll(lost, ""), odd.toWellFormed());
		expect(read).toMatchObject({
			name: "Response",
			children: [{ name: "Say", attributes: { voice: kept }, text: kept.trim() }],
		});
		expect(XMLValidator.validate(document)).toBe(true);
	});

	it("reads what another reader reads", () => {
		const document = `<?xml version='1.0'?><!-- hello --><a x="1" y='2 &gt; 1'><b/>  text &#65;&#x42; <c>in<d/>side</c></a>`;
		const other = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: "", htmlEntities: true }).parse(
			document,
		);

		const read = readXml(document);

		expect(read.attributes).toEqual({ x: other.a.x === 1 ? "1" : other.a.x, y: other.a.y });
		expect(read.text).toBe("text AB");
		expect(read.children.map(({ name, text }) => [name, text])).toEqual([
			["b", ""],
			["c", "inside"],
		]);
	});

	it.each([
		"",
		"words",
		"<a>",
		"</a>",
		"<a></b>",
		"<a/><b/>",
		"<a/>tail",
		"<a x=1/>",
		'<a x="1" x="2"/>',
		"<a>&nbsp;</a>",
		"<a>&</a>",
		"<a>&#99999999;</a>",
		"<a><![CDATA[b]]></a>",
		"<!DOCTYPE a><a/>",
		"<a",
	])("refuses %j", (text) => {
		expect(() => readXml(text)).toThrow(BadXml);
	});

	it("takes no longer than the text is", () => {
		const tags = 20_000;

		expect(readXml("<a>".repeat(tags) + "</a>".repeat(tags)).name).toBe("a");
		expect(() => readXml(`<a ${'x="1" '.repeat(tags)}`)).toThrow(BadXml);
	});
});
