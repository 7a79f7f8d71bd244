"""Another program holds the record file while the queue stands at the counter."""
import sqlite3
import time

import story
from test_desk import Opened


class Locked(Opened):
    def test_a_lock_that_stays_is_told_and_the_desk_lives_on(self):
        desk = self.counter()
        connection = sqlite3.connect(self.home.database, isolation_level=None)
        connection.execute("BEGIN EXCLUSIVE")
        begin = time.monotonic()
        desk.order("timeout", "60000")
        desk.scan("K020").until("正在保存")
        self.assertLess(time.monotonic() - begin, 15)
        connection.execute("ROLLBACK")
        connection.close()
        desk.scan("K020").until("√")


if __name__ == "__main__":
    story.unittest.main(argv=["x", "Locked"])
