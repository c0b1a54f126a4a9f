"""Auto Scaling groups as plain data: whatever happens to them, they come to rest as they should."""

import itertools
import random
import unittest

from slipway_emulator.compute import capacity

ZONES = ("a", "b", "c")
PACE = capacity.Pace(launch=4, terminate=2, notice=3)


class Scene:
    """A group in a world whose time passes by one second a turn."""

    def __init__(self, desired: int = 3, zones=ZONES):
        self.now, self.dark, self.lost = 0.0, set(), set()
        self._ids = itertools.count(1)
        self.group = {
            "DesiredCapacity": desired, "SuspendedProcesses": [], "Instances": [],
            "places": [{"zone": z, "subnet": f"subnet-{z}"} for z in zones]}

    def turn(self, seconds: int = 1) -> list[capacity.Change]:
        changes = []
        for _ in range(seconds):
            self.now += 1
            while made := capacity.step(self.group, self.world(), PACE, self._new):
                changes += made
        return changes

    def rest(self) -> list[capacity.Change]:
        """Until nothing is due any more; at most ten minutes."""
        changes = []
        for _ in range(600):
            changes += self.turn()
            if capacity.next_due(self.group, self.world(), PACE) is None:
                return changes
        raise AssertionError(f"no rest: {self.group}")

    def world(self) -> capacity.World:
        return capacity.World(self.now, self.dark.__contains__, self.lost.__contains__)

    def serving(self, zone: str | None = None) -> list[dict]:
        return [i for i in self.group["Instances"] if i["LifecycleState"] == capacity.IN_SERVICE
                and zone in (None, i["AvailabilityZone"])]

    def _new(self, zone: str, subnet: str) -> dict:
        return {"InstanceId": f"i-{next(self._ids)}", "AvailabilityZone": zone,
                "LifecycleState": capacity.PENDING, "HealthStatus": "Healthy",
                "launchedAt": self.now, "ProtectedFromScaleIn": False}


class CapacityTest(unittest.TestCase):
    def test_always_comes_to_rest_with_what_is_wanted_in_balance(self):
        for seed in range(300):
            with self.subTest(seed=seed):
                chance = random.Random(seed)
                scene = Scene(chance.randint(0, 9))
                for _ in range(chance.randint(1, 40)):
                    self._happen(scene, chance)
                    scene.turn(chance.randint(0, 6))
                    self.assertLessEqual(sum(bool(i.get("extra")) for i
                                             in scene.group["Instances"]), 1)
                scene.dark.clear()
                scene.group["SuspendedProcesses"] = []
                scene.rest()
                counts = [len(scene.serving(z)) for z in ZONES]
                self.assertEqual(sum(counts), scene.group["DesiredCapacity"])
                self.assertLessEqual(max(counts) - min(counts), 1)
                self.assertTrue(capacity.is_settled(scene.group))
                self.assertFalse({i["InstanceId"] for i in scene.serving()} & scene.lost)

    def _happen(self, scene: Scene, chance: random.Random) -> None:
        instances = scene.group["Instances"]
        what = chance.randrange(6)
        if what == 0:
            scene.group["DesiredCapacity"] = chance.randint(0, 9)
        elif what == 1:
            scene.dark ^= {chance.choice(ZONES)}
        elif what == 2 and instances:
            scene.lost.add(chance.choice(instances)["InstanceId"])
        elif what == 3 and instances:
            chance.choice(instances)["HealthStatus"] = "Unhealthy"
        elif what == 4:
            for instance in instances:
                instance["outdated"] = True
        else:
            scene.group["SuspendedProcesses"] = chance.sample(
                ["Launch", "Terminate", "HealthCheck", "ReplaceUnhealthy", "AZRebalance"],
                chance.randint(0, 2))

    def test_a_dark_zone_is_left_after_the_notice_and_used_again_in_the_light(self):
        scene = Scene(6)
        scene.rest()
        scene.dark = {"a"}
        scene.turn(PACE.notice)
        self.assertEqual(len(scene.serving("a")), 2)
        changes = scene.rest()
        self.assertEqual([len(scene.serving(z)) for z in ZONES], [0, 3, 3])
        causes = {c.cause for c in changes if c.kind == "terminating"}
        self.assertEqual(causes, {"an instance was taken out of service in response to an EC2 "
                                  "instance status checks failure."})
        scene.dark = set()
        scene.rest()
        # The extra instances come before the others go: capacity never falls short.
        self.assertEqual([len(scene.serving(z)) for z in ZONES], [2, 2, 2])

    def test_a_shorter_darkness_is_not_noticed(self):
        scene = Scene()
        scene.rest()
        before = [i["InstanceId"] for i in scene.serving()]
        scene.dark = {"a"}
        scene.turn(PACE.notice - 1)
        scene.dark = set()
        self.assertEqual(scene.turn(20), [])
        self.assertEqual([i["InstanceId"] for i in scene.serving()], before)

    def test_without_a_zone_it_fails_to_launch_and_tries_again(self):
        scene = Scene(2)
        scene.dark = set(ZONES)
        failed = [c for c in scene.turn(9) if c.kind == "failed"]
        self.assertEqual(len(failed), 3)
        scene.dark = set()
        scene.rest()
        self.assertEqual(len(scene.serving()), 2)

    def test_a_renewal_never_has_fewer_than_wanted(self):
        scene = Scene(4)
        scene.rest()
        old = {i["InstanceId"] for i in scene.serving()}
        for instance in scene.group["Instances"]:
            instance["outdated"] = True
        for _ in range(200):
            scene.turn()
            self.assertGreaterEqual(len(scene.serving()), 4)
        self.assertFalse({i["InstanceId"] for i in scene.serving()} & old)
        self.assertTrue(capacity.is_settled(scene.group))

    def test_suspended_processes_do_nothing(self):
        scene = Scene(3)
        scene.rest()
        scene.group["SuspendedProcesses"] = ["ReplaceUnhealthy", "Terminate"]
        scene.dark = {"b"}
        scene.turn(20)
        [ill] = [i for i in scene.group["Instances"] if i["HealthStatus"] == "Unhealthy"]
        self.assertEqual(ill["AvailabilityZone"], "b")
        scene.group.update(SuspendedProcesses=["Launch"], DesiredCapacity=5)
        scene.dark = set()
        scene.turn(20)
        self.assertEqual(len(scene.group["Instances"]), 2)


if __name__ == "__main__":
    unittest.main()
