import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import fazhi.kernel.ground.core.ids


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0002_password_temporary"),
        ("core", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Absence",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=fazhi.kernel.ground.core.ids.next_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("first", models.DateField(verbose_name="自")),
                ("last", models.DateField(verbose_name="至")),
                ("reason", models.CharField(max_length=100, verbose_name="事由")),
                (
                    "deputy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="代理人",
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
                    "principal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="离岗人",
                    ),
                ),
            ],
            options={
                "verbose_name": "离岗代理",
                "verbose_name_plural": "离岗代理",
                "indexes": [models.Index(fields=["deputy", "last"], name="access_absence_deputy")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("last__gte", models.F("first")), models.Q(("principal", models.F("deputy")), _negated=True)
                        ),
                        name="access_absence_order",
                        violation_error_message="结束日期不能早于开始日期，代理人不能是本人",
                    )
                ],
            },
        ),
    ]
