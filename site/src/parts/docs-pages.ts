export interface DocsPage {
	path: string;
	title: string;
}

/** The documents in the order in which they are read, by what they are for. */
export const DOCS: { about: string; pages: DocsPage[] }[] = [
	{
		about: "Using it",
		pages: [
			{ path: "/docs", title: "Start here" },
			{ path: "/docs/concepts", title: "Concepts" },
		],
	},
	{
		about: "Building on it",
		pages: [
			{ path: "/docs/quick-start", title: "Quick start with curl" },
			{ path: "/docs/typescript", title: "TypeScript client" },
			{ path: "/docs/api", title: "API reference" },
			{ path: "/docs/errors", title: "Errors and versions" },
			{ path: "/docs/webhooks", title: "Webhooks" },
			{ path: "/docs/live", title: "Live feed" },
		],
	},
	{
		about: "Running it",
		pages: [
			{ path: "/docs/self-hosting", title: "Self-hosting" },
			{ path: "/docs/carrier", title: "Twilio and WhatsApp" },
			{ path: "/docs/providers", title: "Other providers" },
			{ path: "/docs/settings", title: "Settings" },
			{ path: "/docs/limits", title: "Limits and costs" },
			{ path: "/docs/security", title: "Security" },
			{ path: "/docs/runbook", title: "Runbook" },
		],
	},
];
