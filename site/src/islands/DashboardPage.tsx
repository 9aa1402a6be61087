import { Checklist, type Step } from "../kit/Checklist";
import { later } from "../kit/later";
import { campaignsQuery, contactsPeekQuery, greetingsQuery, numbersQuery, walletQuery } from "../lib/reads";
import { useRead } from "../lib/use-read";
import { DeskSkeleton } from "./dashboard/DeskSkeleton";
import { Figures } from "./dashboard/Figures";
import { LatestSkeleton } from "./dashboard/LatestCard";
import { PersonalNumberPrompt } from "./dashboard/PersonalNumberPrompt";

const CampaignsCard = later(
	() => import("./dashboard/CampaignsCard").then((part) => part.CampaignsCard),
	<LatestSkeleton what="campaigns" />,
);
const IncomingCard = later(
	() => import("./dashboard/IncomingCard").then((part) => part.IncomingCard),
	<LatestSkeleton what="calls" />,
);

/** The first page after signing in: what is still to do, how things stand, what is running. */
export function DashboardPage() {
	const numbers = useRead(numbersQuery);
	const contacts = useRead(contactsPeekQuery);
	const greetings = useRead(greetingsQuery);
	const campaigns = useRead(campaignsQuery);
	const wallet = useRead(walletQuery);
	const started = campaigns.data?.some(({ status }) => status !== "draft");

	const steps: Step[] = [
		{
			done: numbers.data && numbers.data.length > 0,
			title: "Get a number",
			text: "It is what people see when you call. One press generates it.",
			href: "/phone-config",
			verb: "Generate a number",
		},
		{
			done: wallet.data && wallet.data.available.amountMicros > 0,
			title: "Top up your wallet",
			text: "Calls are paid from it. What a call does not use comes back.",
			href: "/wallet",
			verb: "Top up",
		},
		{
			done: contacts.data && contacts.data.items.length > 0,
			title: "Bring your contacts",
			text: "Any CSV file with a column of phone numbers.",
			href: "/contacts/import",
			verb: "Import contacts",
		},
		{
			done: greetings.data && greetings.data.length > 0,
			title: "Upload a greeting",
			text: "What people hear when they pick up: WAV, MP3 or OGG.",
			href: "/greetings",
			verb: "Upload",
		},
		{
			done: started,
			title: "Start a campaign",
			text: "Everybody on the list, at a decent hour, by their own clock.",
			href: "/campaigns/new",
			verb: "Set it up",
		},
	];
	// What is still to do stands above everything else: nothing is shown before that is known, so that nothing moves.
	if ([numbers, contacts, greetings, campaigns, wallet].some(({ isPending }) => isPending)) return <DeskSkeleton />;
	const complete = steps.every(({ done }) => done);

	return (
		<div class="flex flex-col gap-6">
			{!complete && (
				<div>
					<Checklist title="Your first campaign in five steps" steps={steps} />
					<p class="text-muted mt-2 text-sm">
						New here?{" "}
						<a class="link" href="/start">
							Get started
						</a>{" "}
						with a number, a test call and a colleague.
					</p>
				</div>
			)}
			<Figures />
			<div class="grid grid-cols-1 items-start gap-6 xl:grid-cols-[3fr_2fr]">
				<CampaignsCard campaigns={campaigns} />
				<IncomingCard />
			</div>
			<PersonalNumberPrompt />
		</div>
	);
}
