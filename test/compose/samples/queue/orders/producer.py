"""Sends a number of orders, each confirmed by the broker, and stays."""

import os
import signal

import pika

count = int(os.environ["MESSAGES"])
connection = pika.BlockingConnection(pika.URLParameters(os.environ["BROKER"]))
channel = connection.channel()
channel.queue_declare("orders", durable=True)
channel.confirm_delivery()
for number in range(1, count + 1):
    channel.basic_publish("", "orders", f"order {number}", pika.BasicProperties(delivery_mode=2))
connection.close()
print(f"sent {count} orders")
signal.pause()
