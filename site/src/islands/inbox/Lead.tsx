/** What the inbox is, where it has the screen to itself; there before anything of it is loaded. */
export function Lead() {
	return (
		<p class="text-muted -mt-1 px-4 pb-3 text-sm lg:hidden">Texts, calls and voicemail, one conversation a person.</p>
	);
}
