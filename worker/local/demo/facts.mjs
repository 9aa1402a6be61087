import Papa from "papaparse";

/** Everything the API tells about a finished campaign, from every side, for {@link import("./verify.mjs").verify} to compare. */
export async function gather(client, { campaign, list, imported, csv, spared }) {
	const at = `/api/campaigns/${campaign.id}`;
	const [report, recipients, attempts, exported, wallet, entries, rowErrors] = [
		await client.get(`${at}/report`),
		await client.all(`${at}/recipients`),
		await client.all(`${at}/attempts`),
		await client.text(`${at}/export.csv`),
		await client.get("/api/wallet"),
		await client.all("/api/wallet/entries"),
		await client.all(`/api/contact-lists/${list.id}/imports/${imported.importId}/errors`),
	];
	return {
		report,
		recipients,
		attempts,
		exported: Papa.parse(exported.trim(), { header: true }).data,
		wallet,
		entries,
		imported,
		rowErrors,
		spared,
		rows: Papa.parse(csv.toString("utf8").trim()).data,
	};
}
