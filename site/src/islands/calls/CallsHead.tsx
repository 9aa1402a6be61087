/** What the page is about; there before anything of it is loaded. */
export function CallsHead({ part = null }: { part?: "log" | "voicemail" | null }) {
	return (
		<header class="mb-4 flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
			<div>
				<h1 class="text-xl lg:text-2xl" tabIndex={-1}>
					Calls
				</h1>
				<p class="text-muted mt-1 text-sm lg:text-base">Who called whom, and what became of it.</p>
			</div>
			<nav class="flex gap-1" aria-label="Parts">
				<Tab href="/calls" word="Call log" current={part === "log"} />
				<Tab href="/calls?part=voicemail" word="Voicemail" current={part === "voicemail"} />
			</nav>
		</header>
	);
}

function Tab({ href, word, current }: { href: string; word: string; current: boolean }) {
	return (
		<a
			class={`btn ${current ? "btn-neutral" : "btn-ghost"}`}
			href={href}
			{...(current ? { "aria-current": "page" as const } : {})}
		>
			{word}
		</a>
	);
}
