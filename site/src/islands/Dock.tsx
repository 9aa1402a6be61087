import { Phone, Wallet } from "lucide-preact";
import { numbersQuery, profileQuery, walletQuery } from "../lib/reads";
import { useRead } from "../lib/use-read";
import { money } from "../lib/words";

/** The row under every page: the line this account calls from, and what it has left to spend. */
export function Dock() {
	const numbers = useRead(numbersQuery);
	const profile = useRead(profileQuery);
	const role = profile.data?.role;
	const wallet = useRead({ ...walletQuery, enabled: role === "owner" });
	const main = numbers.data?.[0];
	const failed = wallet.isError || profile.isError;
	// A sub-account spends from its owner's wallet and does not see it.
	const isHidden = role !== undefined && role !== "owner";
	const broke = wallet.data && wallet.data.available.amountMicros < 1_000_000;
	return (
		<section class="contents" aria-label="Main line and balance">
			<div class="dock-line">
				<Phone size={16} class={main ? "text-success" : "text-muted"} aria-hidden />
				{numbers.isPending && <span class="skel w-40" />}
				{numbers.isError && <span class="text-muted">The main line did not load</span>}
				{main && (
					<p class="flex min-w-0 items-baseline gap-2">
						<span class="phone font-medium">{main.formatted}</span>
						<span class="text-muted truncate max-sm:hidden">{main.label || "Main line"}</span>
					</p>
				)}
				{numbers.data && !main && (
					<p class="min-w-0 truncate">
						<span class="text-muted max-sm:hidden">No line yet. </span>
						<a class="link" href="/phone-config">
							Get a number
						</a>
					</p>
				)}
			</div>
			<a class="dock-money" href="/wallet" hidden={isHidden}>
				<Wallet size={16} class="text-muted" aria-hidden />
				<span class="sr-only">Balance: </span>
				{wallet.data ? (
					<span class={`num font-medium ${broke ? "text-warning-ink" : ""}`}>
						{money(wallet.data.available.amountMicros, wallet.data.available.currency)}
					</span>
				) : failed ? (
					<span class="text-muted">not loaded</span>
				) : (
					<span class="skel w-14" />
				)}
			</a>
		</section>
	);
}
