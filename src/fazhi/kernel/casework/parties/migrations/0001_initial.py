import django.db.models.deletion
from django.db import migrations, models

import fazhi.kernel.ground.core.ids
import fazhi.kernel.ground.secrets.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("core", "0001_initial"),
        ("matters", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Party",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=fazhi.kernel.ground.core.ids.next_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("role", models.CharField(max_length=30, verbose_name="身份")),
                (
                    "kind",
                    models.CharField(
                        choices=[("person", "自然人"), ("organisation", "法人或其他组织")],
                        default="person",
                        max_length=20,
                        verbose_name="类型",
                    ),
                ),
                ("name", models.CharField(max_length=80, verbose_name="姓名（名称）")),
                (
                    "identity",
                    fazhi.kernel.ground.secrets.fields.SecretField(
                        blank=True, editable=True, null=True, verbose_name="证件号码"
                    ),
                ),
                ("identity_hash", fazhi.kernel.ground.secrets.fields.SecretHash(of="identity")),
                (
                    "phone",
                    fazhi.kernel.ground.secrets.fields.SecretField(
                        blank=True, editable=True, null=True, verbose_name="联系电话"
                    ),
                ),
                ("phone_hash", fazhi.kernel.ground.secrets.fields.SecretHash(of="phone")),
                (
                    "address",
                    fazhi.kernel.ground.secrets.fields.SecretField(
                        blank=True, editable=True, null=True, verbose_name="住址"
                    ),
                ),
                (
                    "jurisdiction",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.jurisdiction",
                        verbose_name="辖区",
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parties",
                        to="matters.matter",
                        verbose_name="事项",
                    ),
                ),
            ],
            options={
                "verbose_name": "当事人",
                "verbose_name_plural": "当事人",
                "indexes": [
                    models.Index(fields=["matter"], name="parties_of_matter"),
                    models.Index(
                        condition=models.Q(("identity_hash", None), _negated=True),
                        fields=["identity_hash"],
                        name="parties_by_identity",
                    ),
                ],
            },
        ),
    ]
