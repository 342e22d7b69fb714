"""Writes each order down, then tells the broker that it is done."""

import os

import pika

connection = pika.BlockingConnection(pika.URLParameters(os.environ["BROKER"]))
channel = connection.channel()
channel.queue_declare("orders", durable=True)
orders = open("/data/orders", "a", buffering=1)


def receive(channel, method, properties, body):
    orders.write(body.decode() + "\n")
    channel.basic_ack(method.delivery_tag)


channel.basic_consume("orders", receive)
print("waiting for orders")
channel.start_consuming()
