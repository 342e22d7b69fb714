"""POST / adds a line to the guest book, GET / reads all of them."""

import os
from http.server import BaseHTTPRequestHandler, HTTPServer

import psycopg2

with open(os.environ["DB_PASSWORD_FILE"]) as file:
    password = file.read().strip()
database = psycopg2.connect(host=os.environ["DB_HOST"], user="postgres", password=password)
database.autocommit = True
rows = database.cursor()
rows.execute("CREATE TABLE IF NOT EXISTS guests (line text)")


class GuestBook(BaseHTTPRequestHandler):
    def do_GET(self):
        rows.execute("SELECT line FROM guests ORDER BY line")
        self.answer("".join(line + "\n" for (line,) in rows.fetchall()))

    def do_POST(self):
        line = self.rfile.read(int(self.headers["Content-Length"])).decode()
        rows.execute("INSERT INTO guests VALUES (%s)", (line,))
        self.answer("thank you\n")

    def answer(self, text):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(text.encode())


HTTPServer(("", 8000), GuestBook).serve_forever()
