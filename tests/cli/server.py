"""A server of the command for a test: started on a free port, stopped at the
end. The caller speaks HTTP with it, or bytes."""
import http.client
import os
import signal
import socket
import subprocess
import urllib.parse

SHOKAN = os.environ["SHOKAN"]
ROOT = ["--allow-root"] if os.geteuid() == 0 else []


class Server:
    def __init__(self, *options, command=()):
        self.process = subprocess.Popen(
            [*command, SHOKAN, "serve", "--port", "0", *ROOT, *options],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        line = self.process.stdout.readline().decode()
        if not line.startswith("listening on http://"):
            raise SystemExit("the server does not start: " + line +
                             self.process.stderr.read().decode())
        place = urllib.parse.urlsplit(line.split()[2])
        self.host, self.port = place.hostname, place.port

    def connect(self, timeout=60):
        return http.client.HTTPConnection(self.host, self.port, timeout=timeout)

    def ask(self, path, body=None, method=None, **headers):
        """Status, headers, body; `type` is Content-Type."""
        connection = self.connect()
        names = {key.replace("_", "-"): value
                 for key, value in headers.items() if key != "type"}
        if "type" in headers:
            names["Content-Type"] = headers["type"]
        connection.request(method or ("GET" if body is None else "POST"),
                           path, body, names)
        answer = connection.getresponse()
        data = answer.read()
        connection.close()
        return answer.status, answer.headers, data

    def raw(self, data, timeout=60):
        """What comes back for these bytes, up to the end; b"" at once cut."""
        with socket.create_connection((self.host, self.port), timeout) as wire:
            try:
                wire.sendall(data)
                wire.shutdown(socket.SHUT_WR)
            except OSError:
                pass
            got = b""
            try:
                while True:
                    more = wire.recv(65536)
                    if not more:
                        return got
                    got += more
            except ConnectionError:
                return got

    def memory(self):
        """Kilobytes that are resident, and threads."""
        with open(f"/proc/{self.process.pid}/status") as file:
            rows = dict(line.split(":", 1) for line in file)
        return int(rows["VmRSS"].split()[0]), int(rows["Threads"])

    def stop(self, number=signal.SIGTERM, timeout=60):
        """Exit status and standard error."""
        self.process.send_signal(number)
        said = self.process.communicate(timeout=timeout)[1].decode()
        return self.process.returncode, said
