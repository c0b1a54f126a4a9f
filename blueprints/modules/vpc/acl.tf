# A second fence around the database subnets, which a mistaken security group does not take down: in come connections
# from within the VPC to the ports of data, out go the answers, and nothing else.
resource "aws_network_acl" "database" {
  count = length(var.data_ports) > 0 ? 1 : 0

  vpc_id = aws_vpc.this.id
  tags   = merge(var.tags, { Name = "${var.name}-database" })
}

resource "aws_network_acl_rule" "data_in" {
  count = length(var.data_ports)

  network_acl_id = aws_network_acl.database[0].id
  rule_number    = 100 + count.index
  egress         = false
  protocol       = "6"
  rule_action    = "allow"
  cidr_block     = var.cidr
  from_port      = var.data_ports[count.index]
  to_port        = var.data_ports[count.index]
}

# Nodes of a database or cache speak to one another across the subnets.
resource "aws_network_acl_rule" "answers" {
  for_each = length(var.data_ports) > 0 ? { in = false, out = true } : {}

  network_acl_id = aws_network_acl.database[0].id
  rule_number    = 200
  egress         = each.value
  protocol       = "6"
  rule_action    = "allow"
  cidr_block     = var.cidr
  from_port      = 1024
  to_port        = 65535
}

resource "aws_network_acl_association" "database" {
  count = length(var.data_ports) > 0 ? local.zones : 0

  network_acl_id = aws_network_acl.database[0].id
  subnet_id      = aws_subnet.database[count.index].id
}
