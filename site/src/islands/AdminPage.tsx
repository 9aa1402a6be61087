import { ShieldAlert } from "lucide-preact";
import { Empty } from "../kit/Empty";
import { later } from "../kit/later";
import { PartNav, usePart } from "../kit/Parts";
import { TextSkeleton } from "../kit/Skeleton";
import { Trouble } from "../kit/Trouble";
import { profileQuery } from "../lib/reads";
import { useRead } from "../lib/use-read";

const waiting = (
	<div class="card p-6">
		<TextSkeleton lines={6} label="Loading this part" />
	</div>
);
const Books = later(() => import("./admin/Books").then((part) => part.Books), waiting);
const Differences = later(() => import("./admin/Differences").then((part) => part.Differences), waiting);
const CarrierLines = later(() => import("./admin/CarrierLines").then((part) => part.CarrierLines), waiting);
const Prices = later(() => import("./admin/Prices").then((part) => part.Prices), waiting);
const PlansOnFile = later(() => import("./admin/PlansOnFile").then((part) => part.PlansOnFile), waiting);
const Rules = later(() => import("./admin/Rules").then((part) => part.Rules), waiting);

const PARTS = [
	["books", "Books", Books],
	["differences", "Differences", Differences],
	["lines", "Carrier lines", CarrierLines],
	["prices", "Prices", Prices],
	["plans", "Plans", PlansOnFile],
	["settings", "Settings", Rules],
] as const;

/** The installation, a part at a time. Whoever is no administrator is told so by the API as well. */
export function AdminPage() {
	const profile = useRead(profileQuery);
	const part = usePart(PARTS);
	if (profile.isPending) return waiting;
	if (profile.isError) return <Trouble what="Your profile did not load." error={profile.error} again={profile.again} />;
	if (!profile.data.isAdmin)
		return (
			<div class="card">
				<Empty
					icon={ShieldAlert}
					title="For administrators"
					actions={
						<a class="btn btn-quiet" href="/dashboard">
							Back home
						</a>
					}
				>
					Only those whose address the installation's settings name may decide for everybody.
				</Empty>
			</div>
		);
	const [, , Part] = PARTS.find(([name]) => name === part.shown) ?? PARTS[0];
	return (
		<div class="flex flex-col gap-6">
			<PartNav label="Administration" parts={PARTS} at={part} />
			<Part />
		</div>
	);
}
