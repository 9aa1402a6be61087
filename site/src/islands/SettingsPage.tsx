import { useSignal } from "@preact/signals";
import { later } from "../kit/later";
import { TextSkeleton } from "../kit/Skeleton";
import { Appearance } from "./settings/Appearance";
import { ProfileForm } from "./settings/ProfileForm";

const waiting = (
	<div class="card p-6">
		<TextSkeleton lines={6} label="Loading these settings" />
	</div>
);
const Telephone = later(() => import("./settings/Telephone").then((part) => part.Telephone), waiting);
const Security = later(() => import("./settings/Security").then((part) => part.Security), waiting);
const ApiKeys = later(() => import("./settings/ApiKeys").then((part) => part.ApiKeys), waiting);

const PARTS = [
	["you", "You"],
	["telephone", "Telephone"],
	["security", "Security"],
	["programs", "API keys"],
] as const;
type Part = (typeof PARTS)[number][0];

/** What is the user's own, a part at a time. The part stands in the address. */
export function SettingsPage() {
	const asked = new URLSearchParams(location.search).get("part");
	const part = useSignal<Part>(PARTS.find(([name]) => name === asked)?.[0] ?? "you");
	function choose(event: Event, name: Part) {
		event.preventDefault();
		part.value = name;
		history.replaceState(history.state, "", `?part=${name}`);
	}
	return (
		<div class="grid grid-cols-[minmax(0,1fr)] items-start gap-6 max-lg:gap-3 lg:grid-cols-[11rem_minmax(0,44rem)]">
			<nav aria-label="Settings">
				<ul class="flex gap-1 max-lg:overflow-x-auto max-lg:pb-2 lg:flex-col">
					{PARTS.map(([name, word]) => (
						<li key={name} class="max-lg:flex-none">
							<a
								class="rail-link max-lg:line max-lg:border"
								href={`?part=${name}`}
								aria-current={part.value === name ? "page" : undefined}
								onClick={(event) => choose(event, name)}
							>
								{word}
							</a>
						</li>
					))}
				</ul>
			</nav>
			<div class="flex min-w-0 flex-col gap-6">
				{part.value === "you" && (
					<>
						<ProfileForm />
						<Appearance />
					</>
				)}
				{part.value === "telephone" && <Telephone />}
				{part.value === "security" && <Security />}
				{part.value === "programs" && <ApiKeys />}
			</div>
		</div>
	);
}
