import { later } from "../kit/later";
import { PartNav, usePart } from "../kit/Parts";
import { TextSkeleton } from "../kit/Skeleton";
import { profileQuery } from "../lib/reads";
import { useRead } from "../lib/use-read";
import { Appearance } from "./settings/Appearance";
import { ProfileForm } from "./settings/ProfileForm";

const waiting = (
	<div class="card p-6">
		<TextSkeleton lines={6} label="Loading these settings" />
	</div>
);
const Telephone = later(() => import("./settings/Telephone").then((part) => part.Telephone), waiting);
const Calls = later(() => import("./settings/Calls").then((part) => part.Calls), waiting);
const HelpText = later(() => import("./settings/HelpText").then((part) => part.HelpText), waiting);
const Security = later(() => import("./settings/Security").then((part) => part.Security), waiting);
const ApiKeys = later(() => import("./settings/ApiKeys").then((part) => part.ApiKeys), waiting);
const Webhooks = later(() => import("./settings/Webhooks").then((part) => part.Webhooks), waiting);
const Affiliate = later(() => import("./settings/Affiliate").then((part) => part.Affiliate));
const Team = later(() => import("./settings/Team").then((part) => part.Team), waiting);
const Audit = later(() => import("./settings/Audit").then((part) => part.Audit), waiting);
const YourData = later(() => import("./settings/YourData").then((part) => part.YourData), waiting);

const PARTS = [
	["you", "You"],
	["telephone", "Telephone"],
	["calls", "Calls"],
	["messages", "Messages"],
	["security", "Security"],
	["team", "Sub-accounts"],
	["programs", "API keys"],
	["webhooks", "Webhooks"],
	["audit", "Audit log"],
	["data", "Your data"],
] as const;
type Part = (typeof PARTS)[number][0];
/** What only the account's owner may see. */
const OWNERS: Part[] = ["messages", "team", "webhooks", "audit", "data"];

/** What is the user's own, a part at a time. The part stands in the address. */
export function SettingsPage() {
	const part = usePart(PARTS);
	const profile = useRead(profileQuery);
	const isMember = profile.data?.role === "member";
	const mine = PARTS.filter(([name]) => !isMember || !OWNERS.includes(name));
	const shown = mine.some(([name]) => name === part.shown) ? part.shown : "you";
	return (
		<div class="grid grid-cols-[minmax(0,1fr)] items-start gap-6 max-lg:gap-3 lg:grid-cols-[11rem_minmax(0,44rem)]">
			<PartNav label="Settings" parts={mine} at={{ ...part, shown }} beside />
			<div class="flex min-w-0 flex-col gap-6">
				{shown === "you" && (
					<>
						<ProfileForm />
						<Appearance />
						<Affiliate />
					</>
				)}
				{shown === "telephone" && <Telephone />}
				{shown === "calls" && <Calls />}
				{shown === "messages" && <HelpText />}
				{shown === "security" && <Security />}
				{shown === "team" && <Team />}
				{shown === "programs" && <ApiKeys />}
				{shown === "webhooks" && <Webhooks />}
				{shown === "audit" && <Audit />}
				{shown === "data" && <YourData />}
			</div>
		</div>
	);
}
